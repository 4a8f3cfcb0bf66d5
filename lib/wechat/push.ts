/**
 * 消息推送: events that WeChat posts to us, plain or encrypted, XML or JSON. It reads our answer for
 * `success` (or nothing) within 5 s and tries three times. Source: WeChat 公众平台 "接收消息", "消息加解密说明".
 */
import { decryptPush, verifyPush } from "@/lib/wechat/push-crypto";
import { type Fields, readXml } from "@/lib/wechat/xml";

export type PushKeys = { token: string; encodingAesKey: string | null; appIds: string[] };

export type PushReading =
  | { kind: "unreadable"; tooLarge: boolean; reason: string }
  | { kind: "forged"; reason: string }
  /** `message` is the event as text; `fields` its flat values, null when it is nested. */
  | { kind: "verified"; message: string; fields: Fields | null };

const largestBytes = 64 * 1024;

/** The check WeChat makes when the address is configured: answer `echostr` when this is true. */
export function verifyPushUrl(query: URLSearchParams, by: { token: string }): boolean {
  return verifyPush(query.get("signature") ?? "", [
    by.token,
    query.get("timestamp") ?? "",
    query.get("nonce") ?? "",
  ]);
}

/** Verifies and, in safe mode, decrypts a pushed message. With an encodingAesKey plain messages are refused. Never throws. */
export function readPush(query: URLSearchParams, body: Uint8Array, by: PushKeys): PushReading {
  if (body.byteLength > largestBytes)
    return { kind: "unreadable", tooLarge: true, reason: `more than ${largestBytes} bytes` };
  // This one covers the query only, never the body: in plain mode the text is a hint, not a proof.
  if (!by.encodingAesKey) {
    if (!verifyPushUrl(query, by)) return { kind: "forged", reason: "the signature does not verify" };
    return readMessage(Buffer.from(body).toString("utf8"));
  }
  const outer = flatFields(Buffer.from(body).toString("utf8"));
  if (!outer)
    return { kind: "unreadable", tooLarge: false, reason: "the envelope is neither flat XML nor JSON" };
  const encrypted = outer.Encrypt ?? "";
  const parts = [by.token, query.get("timestamp") ?? "", query.get("nonce") ?? "", encrypted];
  if (!encrypted) return { kind: "forged", reason: "the message is not encrypted" };
  if (!verifyPush(query.get("msg_signature") ?? "", parts))
    return { kind: "forged", reason: "the signature does not verify" };
  const message = decryptPush(encrypted, { encodingAesKey: by.encodingAesKey, appIds: by.appIds });
  if (message === null)
    return { kind: "forged", reason: "the message does not decrypt with our key and appid" };
  return readMessage(message);
}

function readMessage(message: string): PushReading {
  return { kind: "verified", message, fields: flatFields(message) };
}

/** Flat values of XML or JSON as text; null when there is anything nested. */
function flatFields(text: string): Fields | null {
  if (!text.trimStart().startsWith("{")) {
    const reading = readXml(Buffer.from(text, "utf8"));
    return reading.ok ? reading.fields : null;
  }
  try {
    const fields: Fields = Object.create(null);
    for (const [name, value] of Object.entries(JSON.parse(text))) {
      if (typeof value === "object" && value !== null) return null;
      fields[name] = String(value);
    }
    return fields;
  } catch {
    return null;
  }
}
