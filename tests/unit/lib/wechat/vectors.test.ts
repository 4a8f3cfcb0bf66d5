import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signJsSdk } from "@/lib/wechat/js-sdk";
import { signLegacy, signPackage } from "@/lib/wechat/legacy-signature";
import { decryptPush, encryptPush, signPush, verifyPush } from "@/lib/wechat/push-crypto";
import { decryptEcb, decryptReqInfo, encryptEcb, encryptReqInfo } from "@/lib/wechat/req-info";
import { retryAfterSeconds } from "@/lib/wechat/retry-schedule";
import { signFields, textToSign, verifyFields } from "@/lib/wechat/signature";
import vectors from "@/tests/vectors/signatures-and-ciphers.json" with { type: "json" };

type Vector = {
  name: string;
  kind: string;
  key: string | null;
  input: unknown;
  expected: string | number;
  string_to_sign?: string;
};

/** What each kind of vector means for our code: the value that must equal `expected`. */
const kinds: Record<string, (vector: Vector) => string | number> = {
  "v2-md5": (vector) => signFields(fieldsOf(vector), { apiKey: keyOf(vector), signType: "MD5" }),
  "v2-hmac-sha256": (vector) =>
    signFields(fieldsOf(vector), { apiKey: keyOf(vector), signType: "HMAC-SHA256" }),
  "md5-keyed": (vector) => signFields({}, { apiKey: keyOf(vector), signType: "MD5" }).toLowerCase(),
  "legacy-package-md5": (vector) => signPackage(fieldsOf(vector), { partnerKey: keyOf(vector) }),
  "legacy-sha1": (vector) => {
    const { appkey, ...fields } = fieldsOf(vector);
    return signLegacy(fields, { appKey: appkey });
  },
  "aes-256-ecb-pkcs7": (vector) => encryptEcb(fieldsOf(vector).plaintext ?? "", keyOf(vector)),
  "aes-256-ecb-pkcs7-decrypt": (vector) =>
    String(decryptEcb(fieldsOf(vector).ciphertext ?? "", keyOf(vector))),
  sha1: (vector) => signJsSdk(jsSdkParts(String(vector.input))),
  "wx-push-aes-256-cbc": (vector) => {
    const { message = "", appid = "", random16 = "" } = fieldsOf(vector);
    return encryptPush(message, {
      encodingAesKey: keyOf(vector),
      appId: appid,
      random: Buffer.from(random16),
    });
  },
  "sha1-sorted-join": (vector) => signPush(Object.values(fieldsOf(vector))),
  arithmetic: () => retryAfterSeconds.reduce((sum, seconds) => sum + seconds, 0),
};

const all: Vector[] = vectors.vectors;

describe("vectors that others published", () => {
  test.each(all.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
    expect(kinds[vector.kind]?.(vector)).toBe(vector.expected);
  });

  test.each(all.filter(isApiV2).map((vector) => [vector.name, vector] as const))(
    "%s signs the text it prints",
    (_name, vector) => {
      expect(`${textToSign(fieldsOf(vector))}&key=${vector.key}`).toBe(vector.string_to_sign);
    },
  );

  test.each(all.filter(isApiV2).map((vector) => [vector.name, vector] as const))(
    "%s verifies, and not with another key",
    (_name, vector) => {
      const fields = Object.fromEntries(
        Object.entries(fieldsOf(vector)).filter(([, value]) => value !== null),
      );
      const message = { ...fields, sign: String(vector.expected) };
      expect(verifyFields(message, { apiKey: keyOf(vector) })).toBe(
        vector.kind === "v2-md5" ? "MD5" : "HMAC-SHA256",
      );
      expect(verifyFields(message, { apiKey: "0".repeat(32) })).toBeNull();
    },
  );

  test("the retry schedule is the published one, interval by interval", () => {
    const published = all.find((vector) => vector.kind === "arithmetic");
    expect(retryAfterSeconds).toEqual(published?.input);
  });

  test("the refund vector decrypts through the API key, and encrypts back to the same text", () => {
    const vector = all.find((it) => it.name === "refund-notify-req_info");
    const { api_key: apiKey = "", ciphertext = "" } = vector ? fieldsOf(vector) : {};
    expect(decryptReqInfo(ciphertext, { apiKey })?.toString()).toBe(vector?.expected);
    expect(encryptReqInfo(String(vector?.expected), { apiKey })).toBe(ciphertext);
    expect(decryptReqInfo(ciphertext, { apiKey: "0".repeat(32) })?.toString() ?? null).not.toBe(
      vector?.expected,
    );
  });

  test("a key whose MD5 begins with a zero keeps the zero", () => {
    const apiKey = keyWithLeadingZero();
    const text = encryptReqInfo("<root></root>", { apiKey });
    expect(decryptEcb(text, hash("md5", apiKey, "hex"))?.toString()).toBe("<root></root>");
    expect(decryptReqInfo(text, { apiKey })?.toString()).toBe("<root></root>");
  });

  test("the push vectors read back, for our appid only", () => {
    const vector = all.find((it) => it.kind === "wx-push-aes-256-cbc");
    const { message, appid = "" } = vector ? fieldsOf(vector) : {};
    const encodingAesKey = vector?.key ?? "";
    expect(decryptPush(String(vector?.expected), { encodingAesKey, appIds: [appid] })).toBe(message);
    expect(
      decryptPush(String(vector?.expected), { encodingAesKey, appIds: ["wx0000000000000000"] }),
    ).toBeNull();
    const signed = all.find((it) => it.kind === "sha1-sorted-join");
    expect(verifyPush(String(signed?.expected), signed ? Object.values(fieldsOf(signed)) : [])).toBe(true);
  });
});

function fieldsOf(vector: Vector): Record<string, string> {
  return vector.input as Record<string, string>;
}

function keyOf(vector: Vector): string {
  return vector.key ?? "";
}

function isApiV2(vector: Vector): boolean {
  return vector.kind === "v2-md5" || vector.kind === "v2-hmac-sha256";
}

function jsSdkParts(text: string): { ticket: string; nonceStr: string; timestamp: string; url: string } {
  const [, ticket = "", nonceStr = "", timestamp = "", url = ""] =
    /^jsapi_ticket=(.*)&noncestr=(.*)&timestamp=(.*)&url=(.*)$/.exec(text) ?? [];
  return { ticket, nonceStr, timestamp, url: `${url}#part-of-the-page` };
}

function keyWithLeadingZero(): string {
  for (let count = 0; ; count += 1) {
    const key = String(count).padStart(32, "k");
    if (hash("md5", key, "hex").startsWith("0")) return key;
  }
}
