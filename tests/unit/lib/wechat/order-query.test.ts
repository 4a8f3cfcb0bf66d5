import { describe, expect, test } from "vitest";
import { queryOrder } from "@/lib/wechat/order-query";
import { merchantAt, order, refusal, signedAnswer, standIn } from "./stand-in";

const paid = {
  trade_state: "SUCCESS",
  out_trade_no: order.outTradeNo,
  transaction_id: "4200000000202604010000000001",
  total_fee: "8800",
  fee_type: "CNY",
  openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
  trade_type: "JSAPI",
  bank_type: "CMB_DEBIT",
  time_end: "20260401100130",
  attach: "shop=1",
};

describe("asking for an order", () => {
  test("a paid one answers its facts, and every field as received", async () => {
    const server = await standIn(signedAnswer(() => ({ ...paid, coupon_fee_0: "100" })));

    const answer = await queryOrder(merchantAt(server.url), order);

    expect(answer).toMatchObject({
      state: "SUCCESS",
      transactionId: "4200000000202604010000000001",
      totalFen: 8800,
      feeType: "CNY",
      paidAt: new Date("2026-04-01T02:01:30Z"),
      tradeType: "JSAPI",
      fields: { coupon_fee_0: "100" },
    });
    expect(server.received[0]).toMatchObject({
      path: "/pay/orderquery",
      fields: { sign_type: "HMAC-SHA256" },
    });
  });

  test.each(["REFUND", "NOTPAY", "CLOSED", "REVOKED", "USERPAYING", "PAYERROR", "ACCEPT"])(
    "%s needs nothing but the number",
    async (state) => {
      const server = await standIn(
        signedAnswer(() => ({
          trade_state: state,
          out_trade_no: order.outTradeNo,
          trade_state_desc: "说明",
        })),
      );

      expect(await queryOrder(merchantAt(server.url), order)).toMatchObject({
        state,
        transactionId: null,
        totalFen: null,
        stateText: "说明",
      });
    },
  );

  test.each(["ORDERNOTEXIST", "ORDER_NOT_EXIST"])("%s means not found", async (code) => {
    const server = await standIn(refusal(code, "订单不存在"));

    expect(await queryOrder(merchantAt(server.url), order)).toMatchObject({
      state: "NOT_FOUND",
      outTradeNo: order.outTradeNo,
      stateText: "订单不存在",
    });
  });

  test.each([
    ["a paid one without its transaction", { transaction_id: undefined }],
    ["a paid one without its amount", { total_fee: undefined }],
    ["a paid one for 88.00", { total_fee: "88.00" }],
    ["a paid one for nothing", { total_fee: "0" }],
    ["a state nobody documented", { trade_state: "HAPPY" }],
    ["no state", { trade_state: undefined }],
    ["no number", { out_trade_no: undefined }],
  ])("%s is an unknown result", async (_what, change) => {
    const server = await standIn(signedAnswer(() => ({ ...paid, ...change })));

    await expect(queryOrder(merchantAt(server.url), order)).rejects.toMatchObject({ kind: "unknown_result" });
  });

  test("a paid one without a time is paid all the same", async () => {
    const server = await standIn(signedAnswer(() => ({ ...paid, time_end: undefined })));

    expect(await queryOrder(merchantAt(server.url), order)).toMatchObject({ state: "SUCCESS", paidAt: null });
  });

  test("every question has a nonce of its own", async () => {
    const server = await standIn(signedAnswer(() => paid));
    const merchant = merchantAt(server.url);

    await Promise.all([queryOrder(merchant, order), queryOrder(merchant, order)]);

    expect(new Set(server.received.map(({ fields }) => fields.nonce_str)).size).toBe(2);
  });
});
