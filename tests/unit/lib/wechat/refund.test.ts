import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildRefund, type RefundInput, requestRefund } from "@/lib/wechat/refund";
import { signFields } from "@/lib/wechat/signature";
import samples from "@/tests/vectors/sample-messages.json" with { type: "json" };
import { clientIdentity } from "./client-identity";
import { apiKey, appId, mchId, merchantAt, refusal, signedAnswer, standIn } from "./stand-in";

const input: RefundInput = {
  appId,
  mchId,
  signType: "HMAC-SHA256",
  nonce: "6cefdb308e1e2e8aabd48cf79e546a02",
  transactionId: "4200000000202604010000000001",
  outRefundNo: "RF20260402000001",
  totalFen: 8800,
  refundFen: 1200,
  feeType: "CNY",
  desc: "缺货",
  notifyUrl: "https://shop.example/wechat/notify/refund",
};
const accepted = {
  transaction_id: input.transactionId,
  out_trade_no: "SO20260401000001",
  out_refund_no: input.outRefundNo,
  refund_id: "50000000012026040200000000001",
  refund_fee: "1200",
  total_fee: "8800",
  cash_fee: "8800",
};

describe("building a refund", () => {
  test("it is the sample field for field, but for the currency that goes without saying", () => {
    const built = buildRefund({ ...input, signType: "MD5" });

    const sample = samples.signed.find(({ name }) => name === "refund");
    expect({ ...built, refund_fee_type: "CNY" }).toEqual(sample?.fields);
    expect(signFields({ ...built, refund_fee_type: "CNY" }, { apiKey, signType: "MD5" })).toBe(
      "4A70FB8661278128945C1446EAAB110B",
    );
  });

  test("the balance and another currency go along, nothing goes along empty", () => {
    const rescue = buildRefund({
      ...input,
      feeType: "HKD",
      refundAccount: "REFUND_SOURCE_RECHARGE_FUNDS",
      desc: " \n ",
    });

    expect(rescue).toMatchObject({
      refund_fee_type: "HKD",
      refund_account: "REFUND_SOURCE_RECHARGE_FUNDS",
    });
    expect(rescue).not.toHaveProperty("refund_desc");
    expect(buildRefund({ ...input, refundAccount: null })).not.toHaveProperty("refund_account");
  });

  test("the reason is cut to 80 bytes between characters, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (desc) => {
        const { refund_desc = "" } = buildRefund({ ...input, desc });
        expect(Buffer.byteLength(refund_desc)).toBeLessThanOrEqual(80);
        expect(refund_desc.isWellFormed()).toBe(true);
        expect(refund_desc).not.toMatch(/\p{Cc}|^\s|\s$/u);
        const writable = desc.replace(/[\p{Cc}\ufffe\uffff]/gu, " ").toWellFormed();
        expect(writable).toContain(refund_desc);
      }),
    );
    expect(buildRefund({ ...input, desc: "缺".repeat(90) }).refund_desc).toBe("缺".repeat(26));
    expect(buildRefund({ ...input, desc: "🍵".repeat(21) }).refund_desc).toBe("🍵".repeat(20));
    expect(buildRefund({ ...input, desc: "断\r\n货" }).refund_desc).toBe("断  货");
  });

  test.each<[string, Partial<RefundInput>]>([
    ["no amount", { refundFen: 0 }],
    ["half a fen", { refundFen: 0.5 }],
    ["more than the order", { refundFen: 8801 }],
    ["more than one item can cost", { totalFen: 1_000_000_001 }],
    ["no number", { outRefundNo: "" }],
    ["a number of 65 characters", { outRefundNo: "R".repeat(65) }],
    ["a number with a blank", { outRefundNo: "RF 1" }],
    ["no transaction", { transactionId: "" }],
    ["no currency", { feeType: "" }],
    ["a callback address with a query", { notifyUrl: "https://shop.example/notify?a=1" }],
    ["no callback address", { notifyUrl: "" }],
  ])("%s is refused before WeChat has to", (_what, change) => {
    expect(() => buildRefund({ ...input, ...change })).toThrow(RangeError);
  });
});

describe("asking for a refund", () => {
  const request = buildRefund(input);

  test("its acceptance answers WeChat's number, and every field as received", async () => {
    const server = await standIn(signedAnswer(() => ({ ...accepted, coupon_refund_fee_0: "100" })));

    const answer = await requestRefund(await merchantWithCertificate(server.url), request);

    expect(answer).toMatchObject({
      refundId: "50000000012026040200000000001",
      outRefundNo: "RF20260402000001",
      refundFen: 1200,
      fields: { coupon_refund_fee_0: "100" },
    });
    expect(server.received[0]).toMatchObject({ path: "/secapi/pay/refund", fields: request });
  });

  test("sent again it is the same message byte for byte", async () => {
    const server = await standIn(signedAnswer(() => accepted));
    const merchant = await merchantWithCertificate(server.url);

    await requestRefund(merchant, request);
    await requestRefund(merchant, request);

    expect(server.received[1]?.body).toBe(server.received[0]?.body);
  });

  test("nothing is sent without the client certificate", async () => {
    const server = await standIn(signedAnswer(() => accepted));

    await expect(requestRefund(merchantAt(server.url), request)).rejects.toMatchObject({
      kind: "refused",
      code: "CERT_ERROR",
    });
    expect(server.received).toHaveLength(0);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ["without a refund_id", { refund_id: undefined }, "INCOMPLETE"],
    ["with an empty refund_id", { refund_id: "" }, "INCOMPLETE"],
    ["with a refund_id that is none", { refund_id: "<>" }, "INCOMPLETE"],
    ["without our number", { out_refund_no: undefined }, "INCOMPLETE"],
    ["of another number", { out_refund_no: "RF20260402000002" }, "NOT_OURS"],
    ["of the same number in small letters", { out_refund_no: "rf20260402000001" }, "NOT_OURS"],
    ["of another transaction", { transaction_id: "4200000000202604010000000002" }, "NOT_OURS"],
    ["without a transaction", { transaction_id: undefined }, "INCOMPLETE"],
    ["of another amount", { refund_fee: "1300" }, "NOT_OURS"],
    ["without an amount", { refund_fee: undefined }, "INCOMPLETE"],
    ["of 12.00", { refund_fee: "12.00" }, "INCOMPLETE"],
    ["of an order of another amount", { total_fee: "8900" }, "NOT_OURS"],
    ["of an order of no amount", { total_fee: "" }, "INCOMPLETE"],
  ])("an answer %s is an unknown result", async (_what, change, code) => {
    const server = await standIn(signedAnswer(() => ({ ...accepted, ...change })));

    const failure = requestRefund(await merchantWithCertificate(server.url), request);

    await expect(failure).rejects.toMatchObject({ kind: "unknown_result", code });
  });

  test.each(["SYSTEMERROR", "BIZERR_NEED_RETRY", "FREQUENCY_LIMITED", "INVALID_REQ_TOO_MUCH"])(
    "%s leaves open whether it was done",
    async (code) => {
      const server = await standIn(refusal(code, "请稍后再试"));

      const failure = requestRefund(await merchantWithCertificate(server.url), request);

      await expect(failure).rejects.toMatchObject({ kind: "unknown_result", code, text: "请稍后再试" });
    },
  );
});

async function merchantWithCertificate(url: string) {
  return merchantAt(url, await clientIdentity());
}
