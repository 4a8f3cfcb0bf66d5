/** The signature of APIv2 messages, in both directions. Source: WeChat Pay APIv2 "安全规范 签名算法". */
import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { Fields } from "@/lib/wechat/xml";

export type SignType = "MD5" | "HMAC-SHA256";

/**
 * Signs every field that has a value, except `sign` itself: upper-case hex, 32 characters for MD5 and
 * 64 for HMAC-SHA256. Values are signed as they are, neither trimmed nor encoded.
 */
export function signFields(
  fields: Record<string, string | undefined | null>,
  by: { apiKey: string; signType: SignType },
): string {
  const text = `${textToSign(fields)}&key=${by.apiKey}`;
  const digest =
    by.signType === "MD5"
      ? hash("md5", text, "hex")
      : createHmac("sha256", by.apiKey).update(text).digest("hex");
  return digest.toUpperCase();
}

/**
 * Verifies `sign` over every field received, known or not, in constant time. Answers the algorithm that
 * verified, or null for a forged message. The length of `sign` names the algorithm, because notifications
 * do not always carry `sign_type`; where they do, it must agree. Whether the algorithm is strong enough
 * is the caller's to judge: compare with `isWeaker`.
 */
export function verifyFields(fields: Fields, by: { apiKey: string }): SignType | null {
  const sign = fields.sign ?? "";
  const signType = signTypeOf(sign);
  if (signType === null) return null;
  if (fields.sign_type && fields.sign_type !== signType) return null;
  const expected = signFields(fields, { apiKey: by.apiKey, signType });
  return timingSafeEqual(Buffer.from(sign), Buffer.from(expected)) ? signType : null;
}

/** Whether a message verified by `actual` is weaker than the `expected` algorithm: MD5 where HMAC-SHA256 was agreed. */
export function isWeaker(actual: SignType, expected: SignType): boolean {
  return actual === "MD5" && expected === "HMAC-SHA256";
}

/** `k=v&k=v` in the order of the names' bytes, without empty values and without `sign`. */
export function textToSign(fields: Record<string, string | undefined | null>): string {
  let text = "";
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name];
    if (name === "sign" || value === undefined || value === null || value === "") continue;
    text += text === "" ? `${name}=${value}` : `&${name}=${value}`;
  }
  return text;
}

function signTypeOf(sign: string): SignType | null {
  if (/^[0-9A-F]{32}$/.test(sign)) return "MD5";
  if (/^[0-9A-F]{64}$/.test(sign)) return "HMAC-SHA256";
  return null;
}
