import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Variables } from "@/lib/environment/variables";

/** The client certificate that refunds need; the files must be there, readable, and belong together. */
export function readCertificate(from: Variables): { certFile: string | null; keyFile: string | null } {
  const certFile = readPem(from, "WECHAT_CERT_FILE", (pem) => new X509Certificate(pem));
  const keyFile = readPem(from, "WECHAT_KEY_FILE", (pem) => createPrivateKey(pem));
  if (certFile && !from.find("WECHAT_KEY_FILE"))
    from.refuse("WECHAT_KEY_FILE", "is missing: it goes with WECHAT_CERT_FILE");
  if (keyFile && !from.find("WECHAT_CERT_FILE"))
    from.refuse("WECHAT_CERT_FILE", "is missing: it goes with WECHAT_KEY_FILE");
  if (certFile && keyFile && !isPair(certFile, keyFile)) {
    from.refuse("WECHAT_KEY_FILE", "is not the key of the certificate in WECHAT_CERT_FILE");
  }
  return { certFile, keyFile };
}

export function readCaFile(from: Variables): string | null {
  return readPem(from, "WECHAT_CA_FILE", (pem) => new X509Certificate(pem));
}

function readPem(from: Variables, name: string, parse: (pem: string) => unknown): string | null {
  const path = from.find(name);
  if (path === null) return null;
  const pem = readOrNull(resolve(path));
  if (pem === null) from.refuse(name, "names a file that cannot be read");
  else if (!parses(pem, parse))
    from.refuse(name, "names a file that holds no readable PEM of the right kind");
  else return resolve(path);
  return null;
}

function parses(pem: string, parse: (pem: string) => unknown): boolean {
  if (!pem.includes("-----BEGIN ")) return false;
  try {
    parse(pem);
    return true;
  } catch {
    return false; // Its message could quote the file; ours must not.
  }
}

function isPair(certFile: string, keyFile: string): boolean {
  return new X509Certificate(readFileSync(certFile)).checkPrivateKey(createPrivateKey(readFileSync(keyFile)));
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // Missing, a folder, or not ours to read: all the same to whoever set it.
  }
}
