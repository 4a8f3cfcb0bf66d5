import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { type SignType, signFields } from "@/lib/wechat/signature";
import { writeXml } from "@/lib/wechat/xml";
import samples from "@/tests/vectors/sample-messages.json" with { type: "json" };

const { apiKey } = samples;
const sample = Buffer.from(
  samples.messages.find(({ name }) => name.startsWith("a payment result"))?.xml ?? "",
);
const paid = {
  return_code: "SUCCESS",
  result_code: "SUCCESS",
  appid: "wxd930ea5d5a258f4f",
  mch_id: "10000100",
  nonce_str: "5d2b6c2a8db53831f7eda20af46e531c",
  out_trade_no: "SO20260401000001",
  transaction_id: "4200000000202604010000000001",
  total_fee: "8800",
  time_end: "20260401100130",
};

describe("a payment result", () => {
  test("of the sample is verified over all its fields, coupons too, and tells total_fee, not cash_fee", () => {
    expect(readPaymentResult(sample, { apiKey })).toMatchObject({
      kind: "verified",
      signType: "MD5",
      result: {
        resultCode: "SUCCESS",
        appId: "wxd930ea5d5a258f4f",
        mchId: "10000100",
        outTradeNo: "SO20260401000001",
        transactionId: "4200000000202604010000000001",
        totalFen: 8800,
        feeType: "CNY",
        openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        tradeType: "JSAPI",
        bankType: "CMB_DEBIT",
        paidAt: new Date("2026-04-01T02:01:30Z"),
        attach: "shop=1",
        errCode: null,
        fields: { coupon_type_1: "NO_CASH" },
      },
    });
  });

  test("with any one byte changed is never verified with other facts", () => {
    const original = readPaymentResult(sample, { apiKey });
    fc.assert(
      fc.property(fc.nat(sample.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const body = Buffer.from(sample);
        body[at] = (body[at] ?? 0) ^ flip;
        const reading = readPaymentResult(body, { apiKey });
        // A change outside the values, like another blank, may leave every signed byte as it was.
        if (reading.kind === "verified") expect(reading).toEqual(original);
      }),
      { numRuns: 2000 },
    );
  });

  test("tells which algorithm signed it, so that a weaker one can be refused", () => {
    expect(read(paid, { signType: "HMAC-SHA256" })).toMatchObject({
      kind: "verified",
      signType: "HMAC-SHA256",
    });
    expect(read(paid, { signType: "MD5" })).toMatchObject({ kind: "verified", signType: "MD5" });
    expect(read({ ...paid, sign_type: "HMAC-SHA256" }, { signType: "MD5" })).toMatchObject({
      kind: "forged",
    });
  });

  test("keeps and verifies fields that nobody knows yet", () => {
    expect(read({ ...paid, brand_new: " x " })).toMatchObject({
      kind: "verified",
      result: { fields: { brand_new: " x " } },
    });
  });

  test("of a failed payment is verified and pays nothing", () => {
    const { transaction_id: _none, total_fee: _nothing, ...fields } = paid;

    expect(
      read({ ...fields, result_code: "FAIL", err_code: "NOTENOUGH", err_code_des: "余额不足" }),
    ).toMatchObject({
      kind: "verified",
      result: {
        resultCode: "FAIL",
        transactionId: null,
        totalFen: null,
        errCode: "NOTENOUGH",
        errCodeDes: "余额不足",
      },
    });
  });

  test("that only says the communication failed says nothing about money", () => {
    expect(
      readPaymentResult(Buffer.from(writeXml({ return_code: "FAIL", return_msg: "签名失败" })), { apiKey }),
    ).toMatchObject({
      kind: "failed_communication",
      reason: "签名失败",
    });
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ["return_code", { return_code: undefined }, "return_code is missing"],
    ["appid", { appid: undefined }, "appid is missing"],
    ["mch_id", { mch_id: "" }, "mch_id is missing"],
    ["out_trade_no", { out_trade_no: undefined }, "out_trade_no is missing or malformed"],
    ["a sane out_trade_no", { out_trade_no: "'; DROP" }, "out_trade_no is missing or malformed"],
    ["result_code", { result_code: undefined }, "result_code is missing or unknown"],
    ["a known result_code", { result_code: "MAYBE" }, "result_code is missing or unknown"],
    ["transaction_id", { transaction_id: undefined }, "transaction_id is missing or malformed"],
    ["a sane transaction_id", { transaction_id: "4".repeat(33) }, "transaction_id is missing or malformed"],
    ["total_fee", { total_fee: undefined }, "total_fee is missing or not an amount in fen"],
    ["total_fee in fen", { total_fee: "88.00" }, "total_fee is missing or not an amount in fen"],
    ["a positive total_fee", { total_fee: "-8800" }, "total_fee is missing or not an amount in fen"],
    ["a total_fee in plain digits", { total_fee: "8.8e3" }, "total_fee is missing or not an amount in fen"],
  ])("signed with our key but without %s is incomplete", (_what, change, reason) => {
    expect(read({ ...paid, ...change })).toMatchObject({ kind: "incomplete", reason });
  });

  test.each(["", "20260231000000", "yesterday"])(
    "with %j for a time has no time, but is money",
    (time_end) => {
      expect(read({ ...paid, time_end })).toMatchObject({
        kind: "verified",
        result: { paidAt: null, totalFen: 8800 },
      });
    },
  );

  test("without a signature, or with another merchant's, is forged", () => {
    expect(readPaymentResult(Buffer.from(writeXml(paid)), { apiKey })).toMatchObject({
      kind: "forged",
      reason: "the signature is missing",
    });
    expect(readPaymentResult(sample, { apiKey: "0".repeat(32) })).toMatchObject({
      kind: "forged",
      reason: "the signature does not verify",
    });
  });

  test("that is no XML, or too much of it, is unreadable", () => {
    expect(readPaymentResult(Buffer.from("success"), { apiKey })).toMatchObject({
      kind: "unreadable",
      tooLarge: false,
    });
    expect(readPaymentResult(Buffer.alloc(70_000, " "), { apiKey })).toMatchObject({
      kind: "unreadable",
      tooLarge: true,
    });
  });
});

function read(
  fields: Record<string, string | undefined>,
  by: { signType: SignType } = { signType: "HMAC-SHA256" },
) {
  const sign = signFields(fields, { apiKey, signType: by.signType });
  return readPaymentResult(Buffer.from(writeXml({ ...fields, sign })), { apiKey });
}
