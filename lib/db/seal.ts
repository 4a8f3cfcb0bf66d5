import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

/**
 * Encrypts what is secret at rest (AES-256-GCM) with DATA_KEY. The result names the key it was sealed with, so that a
 * changed key is told from a damaged value: `v1.<key id>.<nonce>.<tag>.<ciphertext>`.
 */
export function seal(text: string, dataKey: string): string {
  const key = keyBytes(dataKey);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [
    "v1",
    keyId(key),
    ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url")),
  ].join(".");
}

/** The text again, or null when it was sealed with another key or has been changed. */
export function unseal(sealed: string, dataKey: string): string | null {
  const [version, id, nonce = "", tag = "", text = ""] = sealed.split(".");
  const key = keyBytes(dataKey);
  if (version !== "v1" || id !== keyId(key)) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString(
      "utf8",
    );
  } catch {
    return null;
  }
}

/** How everything begins that this key has sealed, so that a query can tell what can be opened from what cannot. */
export function sealPrefix(dataKey: string): string {
  return `v1.${keyId(keyBytes(dataKey))}.`;
}

/** The same for the same text under one key, and nothing to whoever has no key: tells a text twice without opening it. */
export function fingerprint(text: string, dataKey: string): string {
  return createHmac("sha256", keyBytes(dataKey)).update("fingerprint").update(text).digest("base64url");
}

function keyBytes(dataKey: string): Buffer {
  return Buffer.from(dataKey, "base64");
}

function keyId(key: Buffer): string {
  return createHash("sha256").update("key id").update(key).digest("hex").slice(0, 8);
}
