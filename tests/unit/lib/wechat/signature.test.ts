import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWeaker, type SignType, signFields, textToSign, verifyFields } from "@/lib/wechat/signature";

const apiKey = "192006250b4c09247ec02edce69f6a2d";
const names = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/)
  .filter((name) => !["sign", "sign_type"].includes(name));
const values = fc.string({ unit: "binary", maxLength: 40 });
const maps = fc.dictionary(names, values, { maxKeys: 20 });
const signTypes = fc.constantFrom<SignType>("MD5", "HMAC-SHA256");

describe("APIv2 signatures", () => {
  test("whatever map is signed, it verifies with the algorithm that signed it", () => {
    fc.assert(
      fc.property(maps, signTypes, (fields, signType) => {
        expect(verifyFields(signed(fields, signType), { apiKey })).toBe(signType);
      }),
    );
  });

  test("one changed character in any value, name or the signature itself is a forgery", () => {
    fc.assert(
      fc.property(
        fc.dictionary(names, values, { minKeys: 1, maxKeys: 8 }),
        signTypes,
        fc.nat(),
        fc.nat(),
        (fields, signType, which, where) => {
          const message = signed(fields, signType);
          const name = Object.keys(message)[which % Object.keys(message).length] ?? "";
          const value = message[name] ?? "";
          const at = where % (value.length + 1);
          const changed = {
            ...message,
            [name]: `${value.slice(0, at)}${value[at] === "0" ? "1" : "0"}${value.slice(at + 1)}`,
          };
          expect(verifyFields(changed, { apiKey })).toBeNull();
          const { [name]: moved = "", ...others } = message;
          fc.pre(moved !== "");
          expect(verifyFields({ ...others, [`${name}_`]: moved }, { apiKey })).toBeNull();
        },
      ),
    );
  });

  test("a field added or taken away is a forgery", () => {
    fc.assert(
      fc.property(maps, signTypes, names, fc.string({ minLength: 1 }), (fields, signType, name, value) => {
        fc.pre(fields[name] === undefined);
        expect(verifyFields({ ...signed(fields, signType), [name]: value }, { apiKey })).toBeNull();
        const message = signed({ ...fields, [name]: value }, signType);
        delete message[name];
        expect(verifyFields(message, { apiKey })).toBeNull();
      }),
    );
  });

  test("the order of the fields and empty ones do not matter", () => {
    fc.assert(
      fc.property(maps, names, (fields, name) => {
        fc.pre(fields[name] === undefined);
        const reversed = Object.fromEntries(Object.entries(fields).reverse());
        expect(textToSign({ ...reversed, [name]: "" })).toBe(textToSign(fields));
      }),
    );
  });

  test("names sort by byte: capitals, underscore, small letters, and never by language", () => {
    expect(textToSign({ remark: "1", re_openid: "2", a10: "3", a2: "4", Z: "5" })).toBe(
      "Z=5&a10=3&a2=4&re_openid=2&remark=1",
    );
  });

  test("white space around a value is signed", () => {
    const message = signed({ attach: " a " }, "MD5");
    expect(verifyFields({ ...message, attach: "a" }, { apiKey })).toBeNull();
  });

  test("sign_type is signed when present, and must agree with the signature's length", () => {
    const agreed = signed({ a: "1", sign_type: "HMAC-SHA256" }, "HMAC-SHA256");
    const contradicting = signed({ a: "1", sign_type: "HMAC-SHA256" }, "MD5");

    expect(verifyFields(agreed, { apiKey })).toBe("HMAC-SHA256");
    expect(verifyFields(contradicting, { apiKey })).toBeNull();
    expect(verifyFields({ ...agreed, sign_type: "" }, { apiKey })).toBeNull();
  });

  test.each([
    ["missing", undefined],
    ["empty", ""],
    ["short", "9A0A8659F005D698"],
    ["in small letters", signed({ a: "1" }, "MD5").sign?.toLowerCase()],
    ["32 characters that are more bytes", "签".repeat(32)],
    ["padded", `${signed({ a: "1" }, "MD5").sign} `],
  ])("a signature that is %s is a forgery and no exception", (_what, sign) => {
    expect(verifyFields({ a: "1", ...(sign !== undefined && { sign }) }, { apiKey })).toBeNull();
  });

  test("MD5 is weaker than HMAC-SHA256 and nothing else is", () => {
    expect(isWeaker("MD5", "HMAC-SHA256")).toBe(true);
    expect(isWeaker("HMAC-SHA256", "MD5")).toBe(false);
    expect(isWeaker("MD5", "MD5")).toBe(false);
  });
});

function signed(fields: Record<string, string>, signType: SignType): Record<string, string> {
  return { ...fields, sign: signFields(fields, { apiKey, signType }) };
}
