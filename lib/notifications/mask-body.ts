import { maskOpenid, maskPhone } from "@/lib/members/mask";

const shownBytes = 8 * 1024; // WeChat's messages are a few KB; what is longer is not a message to read.

/** Signatures, ciphertexts and openids, by the names they have in XML, JSON and query strings. */
const secretNames =
  "sign|paySign|appsignature|app_?key|key|token|encrypt|req_info|msg_?signature|signature|api_?key|secret";
export const openidNames = "openid|sub_openid|FromUserName";

/**
 * A message as staff may read it: the bytes as text, with whatever proves or identifies cut out, however broken the
 * message is. What is cut stays visible as cut.
 */
export function maskBody(body: Uint8Array): { text: string; truncated: boolean } {
  const text = new TextDecoder().decode(body.subarray(0, shownBytes));
  const masked = text
    .replace(namedValues(secretNames), (_, before: string) => `${before}＊＊＊＊`)
    .replace(namedValues(openidNames), (_, before: string, value: string) => before + maskOpenid(value))
    .replace(/(?<![\w-])o[\w-]{27}(?![\w-])/g, maskOpenid)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone);
  return { text: masked, truncated: body.byteLength > shownBytes };
}

/** `<sign><![CDATA[…`, `<sign>…`, `"sign":"…`, `sign=…`: what comes before the value, and the value. */
export function namedValues(names: string): RegExp {
  return new RegExp(
    `((?<![\\w])(?:${names})(?:\\s[^<>]*)?(?:>\\s*(?:<!\\[CDATA\\[)?|"\\s*:\\s*"|=))([^<>"&\\]\\s]+)`,
    "gi",
  );
}
