/** The client certificate (apiclient_cert.pem) that calls with money going out need: who it names and how long it holds. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

export type Certificate = {
  subject: string; // One attribute a line, as OpenSSL writes them.
  serialNumber: string;
  /** The mch_id, which WeChat writes into the subject's CN; null when the CN is no such number. */
  merchant: string | null;
  validFrom: Date;
  validTo: Date;
};

export class CertificateError extends Error {
  override name = "CertificateError";
  readonly what: "missing" | "unreadable";

  constructor(what: "missing" | "unreadable") {
    super(`the client certificate is ${what}: check the file that WECHAT_CERT_FILE names`);
    this.what = what;
  }
}

/** Reads the first certificate of a PEM file, never the key. Throws `CertificateError`, without path or contents. */
export function readCertificate(certFile: string): Certificate {
  const certificate = parse(readFile(certFile));
  const name: unknown = certificate.toLegacyObject().subject?.CN; // A list when there are several.
  return {
    subject: certificate.subject,
    serialNumber: certificate.serialNumber,
    merchant: typeof name === "string" && /^[0-9]{8,10}$/.test(name) ? name : null,
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
  };
}

function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new CertificateError("missing"); // Or a folder, or not ours to read: all the same to whoever set it.
  }
}

function parse(pem: string): X509Certificate {
  try {
    if (!pem.includes("-----BEGIN CERTIFICATE-----")) throw new Error("no PEM"); // TLS takes no other form.
    return new X509Certificate(pem);
  } catch {
    throw new CertificateError("unreadable"); // Its message could quote the file; ours must not.
  }
}
