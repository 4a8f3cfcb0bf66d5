import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { hashRecoveryCode, newRecoveryCodes } from "@/lib/staff/recovery-codes";
import { newTotpSecret, readCode, stepOfCode, totpUri } from "@/lib/staff/totp";

/** RFC 6238, appendix B, SHA-1, the last six of its eight digits: seconds since 1970 and the code. */
const vectors = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;
const published = Secret.fromLatin1("12345678901234567890").base32;

describe("a code of the app", () => {
  test.each(vectors)("at second %i is %s, as the RFC says", (second, code) => {
    expect(stepOfCode(published, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
  });

  test.each([
    [-31, null],
    [-30, -1],
    [-1, -1],
    [0, 0],
    [29, 0],
    [30, 1],
    [59, 1],
    [60, null],
  ])("made %i seconds after the step began belongs to the step %s away, or to none", (seconds, away) => {
    const start = new Date(1_234_567_890_000);
    const secret = newTotpSecret();
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = totp.generate({ timestamp: start.getTime() + seconds * 1000 });

    const step = stepOfCode(secret, code, start);

    const own = Math.floor(start.getTime() / 30_000);
    expect(step).toBe(away === null ? null : own + away);
  });

  test("is read as people type it, and nothing else is one", () => {
    expect([" 123 456 ", "１２３４５６", "123456"].map(readCode)).toEqual(["123456", "123456", "123456"]);
    expect(["12345", "1234567", "12345a", "", "-12345"].map(readCode)).toEqual(Array(5).fill(null));
  });

  test("comes from a secret of 160 bits that the app is told with the shop's name and the person's email", () => {
    const secret = newTotpSecret();
    const uri = new URL(totpUri({ secret, shopName: "掌柜 & 小店", email: "a@shop.example" }));

    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri.protocol).toBe("otpauth:");
    expect(uri.searchParams.get("secret")).toBe(secret);
    expect(uri.searchParams.get("issuer")).toBe("掌柜 & 小店");
    expect(decodeURIComponent(uri.pathname)).toContain("a@shop.example");
    expect(newTotpSecret()).not.toBe(secret);
  });
});

describe("recovery codes", () => {
  test("are ten, different, and without letters that are misread", () => {
    const codes = newRecoveryCodes();

    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  test("are forgiving to the hand that types them, and one person's are not another's", () => {
    const hash = hashRecoveryCode(7, "01AB-CDEF-GH10");

    expect(hashRecoveryCode(7, " o1ab cdefghlO")).toBe(hash);
    expect(hashRecoveryCode(8, "01AB-CDEF-GH10")).not.toBe(hash);
    expect(hashRecoveryCode(7, "01AB-CDEF-GH11")).not.toBe(hash);
  });
});
