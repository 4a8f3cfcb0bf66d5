import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPush, verifyPushUrl } from "@/lib/wechat/push";
import { decryptPush, encryptPush, signPush } from "@/lib/wechat/push-crypto";
import { writeXml } from "@/lib/wechat/xml";

const token = "pamtest";
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const appId = "wxb11529c136998cb6";
const plainKeys = { token, encodingAesKey: null, appIds: [appId] };
const safeKeys = { token, encodingAesKey, appIds: [appId] };
const timestamp = "1458300676";
const nonce = "260774613";
const event = writeXml({
  ToUserName: "gh_1",
  FromUserName: "o1",
  CreateTime: "1",
  MsgType: "event",
  Event: "subscribe",
});

describe("message push", () => {
  test("whatever is encrypted decrypts, for our appid and key only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (message) => {
        const text = encryptPush(message, { encodingAesKey, appId });
        expect(Buffer.from(text, "base64").length % 32).toBe(0);
        expect(decryptPush(text, { encodingAesKey, appIds: ["wx0", appId] })).toBe(message);
        expect(decryptPush(text, { encodingAesKey, appIds: ["wx0"] })).toBeNull();
        expect(decryptPush(text, { encodingAesKey: "G".repeat(43), appIds: [appId] })).toBeNull();
      }),
    );
  });

  test("whatever text comes, decrypting answers and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 128 }), (bytes) => {
        expect(
          decryptPush(Buffer.from(bytes).toString("base64"), { encodingAesKey, appIds: [appId] }),
        ).toBeNull();
      }),
    );
  });

  test("the address check verifies token, timestamp and nonce", () => {
    expect(verifyPushUrl(query({ signature: signPush([token, timestamp, nonce]) }), { token })).toBe(true);
    expect(verifyPushUrl(query({ signature: signPush(["other", timestamp, nonce]) }), { token })).toBe(false);
    expect(verifyPushUrl(new URLSearchParams(), { token })).toBe(false);
  });

  test("a plain message is read when the address verifies", () => {
    const signed = query({ signature: signPush([token, timestamp, nonce]) });

    expect(readPush(signed, Buffer.from(event), plainKeys)).toMatchObject({
      kind: "verified",
      message: event,
      fields: { Event: "subscribe" },
    });
    expect(readPush(query({ signature: "0".repeat(40) }), Buffer.from(event), plainKeys)).toMatchObject({
      kind: "forged",
    });
  });

  test("an encrypted message is read in XML and in JSON", () => {
    const json = JSON.stringify({ MsgType: "event", Event: "trade_manage_remind_shipping", pay_time: 1 });
    const { signed: forXml, encrypted: xmlText } = encrypt(event);
    const { signed: forJson, encrypted: jsonText } = encrypt(json);

    expect(
      readPush(forXml, Buffer.from(writeXml({ ToUserName: "gh_1", Encrypt: xmlText })), safeKeys),
    ).toMatchObject({ kind: "verified", fields: { Event: "subscribe" } });
    expect(readPush(forJson, Buffer.from(JSON.stringify({ Encrypt: jsonText })), safeKeys)).toMatchObject({
      kind: "verified",
      message: json,
      fields: { pay_time: "1" },
    });
  });

  test("in safe mode a plain message, another ciphertext and another app's are forged", () => {
    const { signed, encrypted } = encrypt(event);
    const plainSigned = query({ signature: signPush([token, timestamp, nonce]) });

    expect(readPush(plainSigned, Buffer.from(event), safeKeys)).toMatchObject({ kind: "forged" });
    expect(readPush(signed, Buffer.from(writeXml({ Encrypt: `${encrypted}A` })), safeKeys)).toMatchObject({
      kind: "forged",
    });
    expect(
      readPush(signed, Buffer.from(writeXml({ Encrypt: encrypted })), { ...safeKeys, appIds: ["wx0"] }),
    ).toMatchObject({ kind: "forged" });
  });

  test("a nested event is verified and kept as text", () => {
    const nested =
      "<xml><Event>subscribe_msg_popup_event</Event><List><TemplateId>1</TemplateId></List></xml>";
    const { signed, encrypted } = encrypt(nested);

    expect(readPush(signed, Buffer.from(writeXml({ Encrypt: encrypted })), safeKeys)).toEqual({
      kind: "verified",
      message: nested,
      fields: null,
    });
  });

  test("what is too large or no message at all is unreadable", () => {
    expect(readPush(query({}), Buffer.alloc(70_000, "<"), plainKeys)).toMatchObject({
      kind: "unreadable",
      tooLarge: true,
    });
    expect(readPush(query({}), Buffer.from("<a><b>"), safeKeys)).toMatchObject({
      kind: "unreadable",
      tooLarge: false,
    });
  });
});

function query(fields: Record<string, string>): URLSearchParams {
  return new URLSearchParams({ timestamp, nonce, ...fields });
}

function encrypt(message: string) {
  const encrypted = encryptPush(message, { encodingAesKey, appId });
  return { encrypted, signed: query({ msg_signature: signPush([token, timestamp, nonce, encrypted]) }) };
}
