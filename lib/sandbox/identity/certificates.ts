import "reflect-metadata"; // The certificate library's container asks for it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

/** PEM texts, and where the three that the shop needs lie. */
export type Certificates = {
  ca: string;
  serverCertificate: string;
  serverKey: string;
  merchantCertificate: string;
  files: { ca: string; merchantCertificate: string; merchantKey: string };
};

const yearMs = 365 * 24 * 60 * 60_000;
const caYears = 10;
const serverYears = 9;
const merchantYears = 5; // As long as WeChat gives a merchant certificate.

/** Reads the sandbox's own certificates, making them at the first start: a CA, its server, one merchant. */
export async function loadCertificates(input: { folder: string; mchId: string }): Promise<Certificates> {
  const path = (name: string) => join(input.folder, name);
  // Written last, so it says that the set is complete.
  if (!existsSync(path("ca.pem"))) await makeCertificates(input);
  const read = (name: string) => readFileSync(path(name), "utf8");
  return {
    ca: read("ca.pem"),
    serverCertificate: read("server-cert.pem"),
    serverKey: read("server-key.pem"),
    merchantCertificate: read("apiclient_cert.pem"),
    files: {
      ca: path("ca.pem"),
      merchantCertificate: path("apiclient_cert.pem"),
      merchantKey: path("apiclient_key.pem"),
    },
  };
}

async function makeCertificates(input: { folder: string; mchId: string }): Promise<void> {
  mkdirSync(input.folder, { recursive: true, mode: 0o700 });
  const ca = await makeCa();
  const server = await issue(ca, {
    name: "CN=127.0.0.1, O=Zhanggui Sandbox",
    years: serverYears,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: "ip", value: "127.0.0.1" },
        { type: "dns", value: "localhost" },
      ]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const merchant = await issue(ca, {
    name: `CN=${input.mchId}, O=Zhanggui Sandbox Merchant`,
    years: merchantYears,
    extensions: [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
  });
  writePem(input.folder, "server-key.pem", server.key);
  writePem(input.folder, "server-cert.pem", server.certificate);
  writePem(input.folder, "apiclient_key.pem", merchant.key);
  writePem(input.folder, "apiclient_cert.pem", merchant.certificate);
  writePem(input.folder, "ca.pem", ca.certificate.toString("pem"));
}

type Ca = { certificate: x509.X509Certificate; keys: CryptoKeyPair };

async function makeCa(): Promise<Ca> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Zhanggui Sandbox CA (not WeChat)",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + caYears * yearMs),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

async function issue(ca: Ca, wanted: { name: string; years: number; extensions: x509.Extension[] }) {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: wanted.name,
    issuer: ca.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + wanted.years * yearMs),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
        true,
      ),
      await x509.AuthorityKeyIdentifierExtension.create(ca.keys.publicKey),
      ...wanted.extensions,
    ],
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey("pkcs8", keys.privateKey),
    "PRIVATE KEY",
  );
  return { certificate: certificate.toString("pem"), key };
}

const dayMs = 24 * 60 * 60_000; // Valid since yesterday: clocks differ a little.
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }; // RSA, as WeChat's merchant keys are.

function makeKeys(): Promise<CryptoKeyPair> {
  const parameters = { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  return crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
}

function writePem(folder: string, name: string, pem: string): void {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, `${pem.trimEnd()}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
