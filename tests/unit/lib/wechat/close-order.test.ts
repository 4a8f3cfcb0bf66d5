import { describe, expect, test } from "vitest";
import { closeOrder } from "@/lib/wechat/close-order";
import { merchantAt, order, refusal, signedAnswer, standIn } from "./stand-in";

describe("closing an order", () => {
  test("SUCCESS closes it", async () => {
    const server = await standIn(signedAnswer(() => ({ result_msg: "OK" })));

    expect(await closeOrder(merchantAt(server.url), order)).toBe("closed");
    expect(server.received[0]).toMatchObject({
      path: "/pay/closeorder",
      fields: { out_trade_no: order.outTradeNo },
    });
  });

  test.each([
    ["ORDERCLOSED", "订单已关闭", "closed"],
    ["ORDERPAID", "订单已支付", "paid"],
    ["ORDERNOTEXIST", "订单不存在", "not_found"],
    ["TRADE_STATE_ERROR", "订单生成不足五分钟，不能关闭", "too_early"],
    ["INVALID_REQUEST", "请在下单5分钟后关单", "too_early"],
    ["ORDER_TOO_EARLY", "the order is younger than 5 minutes", "too_early"],
  ])("%s (%s) means %s", async (code, text, outcome) => {
    const server = await standIn(refusal(code, text));

    expect(await closeOrder(merchantAt(server.url), order)).toBe(outcome);
  });

  test.each([
    ["TRADE_STATE_ERROR", "订单状态错误", "refused"],
    ["SIGNERROR", "签名错误", "refused"],
    ["SYSTEMERROR", "系统错误，请5分钟后再试", "unknown_result"],
  ])("%s (%s) is no outcome but an error", async (code, text, kind) => {
    const server = await standIn(refusal(code, text));

    await expect(closeOrder(merchantAt(server.url), order)).rejects.toMatchObject({ kind, code });
  });
});
