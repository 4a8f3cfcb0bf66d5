/** Signatures and encryption of message push. Source: WeChat 公众平台 "消息加解密说明". */
import { createCipheriv, createDecipheriv, hash, randomBytes, timingSafeEqual } from "node:crypto";

const blockBytes = 32; // PKCS#7 to 32, not to AES's 16: the cipher's own padding must stay off.
const headBytes = 20; // 16 random bytes and the length of the message.

/** SHA-1 over the sorted parts: token, timestamp, nonce, and the ciphertext for `msg_signature`. */
export function signPush(parts: string[]): string {
  return hash("sha1", [...parts].sort().join(""), "hex");
}

/** Compares in constant time. */
export function verifyPush(signature: string, parts: string[]): boolean {
  if (!/^[0-9a-f]{40}$/.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signPush(parts)));
}

/** The message inside `Encrypt`, or null when key, padding, length or appid do not fit. */
export function decryptPush(text: string, by: { encodingAesKey: string; appIds: string[] }): string | null {
  const { key, iv } = keyOf(by.encodingAesKey);
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(Buffer.from(text, "base64")), decipher.final()]);
  } catch {
    return null; // Not a whole number of blocks.
  }
  const padding = plain.at(-1) ?? 0;
  const end = plain.length - padding;
  if (padding < 1 || padding > blockBytes || end < headBytes) return null;
  const messageEnd = headBytes + plain.readUInt32BE(16);
  const appId = plain.toString("utf8", messageEnd, end); // Empty, and so not ours, when the length lies.
  return by.appIds.includes(appId) ? plain.toString("utf8", headBytes, messageEnd) : null;
}

/** The counterpart, for encrypted replies and for stand-ins. `random` is 16 bytes. */
export function encryptPush(
  message: string,
  by: { encodingAesKey: string; appId: string; random?: Uint8Array },
): string {
  const { key, iv } = keyOf(by.encodingAesKey);
  const content = Buffer.from(message, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const plain = Buffer.concat([by.random ?? randomBytes(16), length, content, Buffer.from(by.appId, "utf8")]);
  const padding = blockBytes - (plain.length % blockBytes);
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(padding, padding)),
    cipher.final(),
  ]).toString("base64");
}

function keyOf(encodingAesKey: string): { key: Buffer; iv: Buffer } {
  const key = Buffer.from(`${encodingAesKey}=`, "base64");
  if (key.length !== 32) throw new RangeError("WECHAT_ENCODING_AES_KEY has 43 characters");
  return { key, iv: key.subarray(0, 16) };
}
