/**
 * The encrypted part of a refund result: AES-256-ECB, the key being the hex of the API key's MD5 read as
 * 32 ASCII characters. ECB proves nothing about what it carries. Source: WeChat Pay APIv2 "退款结果通知".
 */
import { createCipheriv, createDecipheriv, hash } from "node:crypto";

/** The inner XML's bytes, or null when it was not encrypted with our key. */
export function decryptReqInfo(text: string, by: { apiKey: string }): Buffer | null {
  return decryptEcb(text, keyOf(by.apiKey));
}

/** The counterpart, for stand-ins of WeChat's. */
export function encryptReqInfo(xml: string, by: { apiKey: string }): string {
  return encryptEcb(xml, keyOf(by.apiKey));
}

/** AES-256-ECB with PKCS#7 and base64. `key` is 32 characters of ASCII. Null when key or text do not fit. */
export function decryptEcb(text: string, key: string): Buffer | null {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return null;
  const decipher = createDecipheriv("aes-256-ecb", Buffer.from(key, "latin1"), null);
  try {
    return Buffer.concat([decipher.update(Buffer.from(text, "base64")), decipher.final()]);
  } catch {
    return null; // Wrong length or padding: another key's, or no ciphertext at all.
  }
}

export function encryptEcb(text: string, key: string): string {
  const cipher = createCipheriv("aes-256-ecb", Buffer.from(key, "latin1"), null);
  return Buffer.concat([cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

function keyOf(apiKey: string): string {
  return hash("md5", apiKey, "hex"); // Hex keeps a leading zero; a big integer would not.
}
