import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aRefundingMerchant, newRefundNo } from "@/tests/support/refund-at-sandbox";
import { anOrder, call, postRaw } from "@/tests/support/sandbox-call";

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;

let it: Awaited<ReturnType<typeof aRefundingMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aRefundingMerchant();
  sandbox = it.sandbox;
});
beforeEach(() => it.startAfresh());
afterAll(() => it.stop());

describe("refused, and nothing is executed", () => {
  const malformed: [string, Record<string, string | undefined>, string][] = [
    ["no order's number", { out_trade_no: undefined }, "缺少参数：out_trade_no"],
    ["no number of its own", { out_refund_no: undefined }, "缺少参数：out_refund_no"],
    ["no total", { total_fee: undefined }, "缺少参数：total_fee"],
    ["no amount", { refund_fee: undefined }, "缺少参数：refund_fee"],
    ["an amount of 0", { refund_fee: "0" }, "参数格式校验错误：refund_fee"],
    ["a negative amount", { refund_fee: "-1" }, "参数格式校验错误：refund_fee"],
    ["yuan", { refund_fee: "12.00" }, "参数格式校验错误：refund_fee"],
    ["a leading zero", { refund_fee: "0120" }, "参数格式校验错误：refund_fee"],
    ["a number with a blank", { out_refund_no: "RF 1" }, "参数格式校验错误：out_refund_no"],
    ["a number of 65", { out_refund_no: "R".repeat(65) }, "参数格式校验错误：out_refund_no"],
    ["81 characters of reason", { refund_desc: "缺".repeat(81) }, "参数格式校验错误：refund_desc"],
    ["another currency", { refund_fee_type: "USD" }, "参数格式校验错误：refund_fee_type"],
    ["a purse that is none", { refund_account: "MY_POCKET" }, "参数格式校验错误：refund_account"],
    ["an address with a query", { notify_url: "https://shop.example/n?x=1" }, "notify_url不能携带参数"],
    ["plain http in public", { notify_url: "http://shop.example.com/n" }, "notify_url须为https"],
  ];
  test.each(malformed)("%s: unsigned, with the field's name", async (_, fields, text) => {
    const { outTradeNo } = await it.aPaidOrder();

    const answer = await it.askRefund({ out_trade_no: outTradeNo, ...fields });

    expect(answer.return_code).toBe("FAIL");
    expect(answer.return_msg).toContain(text);
    expect(await sandbox.refunds(outTradeNo)).toEqual([]);
  });

  test("a wrong signature", async () => {
    const { outTradeNo } = await it.aPaidOrder();

    const answer = await it.askRefund({ out_trade_no: outTradeNo }, { apiKey: "x".repeat(32) });

    expect(answer.return_msg).toBe("签名失败");
    expect(await sandbox.refunds(outTradeNo)).toEqual([]);
  });

  test("without the merchant's certificate, and the list of calls says so", async () => {
    const answer = await postRaw(sandbox, "/secapi/pay/refund", "<xml></xml>");

    expect(answer.status).toBe(400);
    expect((await sandbox.calls({ call: "refund" }))[0]).toMatchObject({ outcome: "CERT_ERROR" });
  });

  test("an order nobody made, one nobody paid, another account's, an unknown transaction", async () => {
    const unpaid = anOrder();
    await call(sandbox, "/pay/unifiedorder", unpaid);
    const { outTradeNo } = await it.aPaidOrder();
    const code = async (given: Record<string, string>) => (await it.askRefund(given)).err_code;

    expect(await code({ out_trade_no: "NEVER_MADE" })).toBe("ORDERNOTEXIST");
    expect(await code({ out_trade_no: unpaid.out_trade_no })).toBe("ORDERNOTEXIST");
    expect(await code({ out_trade_no: outTradeNo, appid: sandbox.merchant.miniAppId })).toBe("ORDERNOTEXIST");
    expect(await code({ transaction_id: "4".repeat(28) })).toBe("INVALID_TRANSACTIONID");
  });

  test("a total that is not what was paid", async () => {
    const { outTradeNo } = await it.aPaidOrder();

    const answer = await it.askRefund({ out_trade_no: outTradeNo, total_fee: "9900" });

    expect(answer.err_code).toBe("INVALID_REQUEST");
    expect(await sandbox.refunds(outTradeNo)).toEqual([]);
  });

  test("more than was paid, at once or in parts; what was closed is free again", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    await sandbox.refundSettings({ gapMs: 0 });
    const first = newRefundNo();
    await it.refund({ out_trade_no, refund_fee: "8000", out_refund_no: first });

    const tooMuch = await it.askRefund({ out_trade_no, refund_fee: "801" });
    const rest = await it.askRefund({ out_trade_no, refund_fee: "800" });
    const nothingLeft = await it.askRefund({ out_trade_no, refund_fee: "1" });
    await sandbox.settleRefund({ outRefundNo: first, status: "REFUNDCLOSE" });
    const again = await it.askRefund({ out_trade_no, refund_fee: "8000" });

    for (const answer of [tooMuch, nothingLeft]) {
      expect(answer).toMatchObject({ err_code: "ERROR", err_code_des: "申请退款金额大于订单剩余可退金额" });
    }
    for (const answer of [rest, again]) expect(answer.result_code).toBe("SUCCESS");
    expect((await sandbox.order(out_trade_no)).liveRefundFen).toBe(8800);
  });

  test("two at once that together exceed the payment: one of them", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    await sandbox.refundSettings({ gapMs: 0 });

    const answers = await Promise.all(
      Array.from({ length: 6 }, () => it.askRefund({ out_trade_no, refund_fee: "5000" })),
    );

    expect(answers.filter((one) => one.result_code === "SUCCESS")).toHaveLength(1);
    expect((await sandbox.order(out_trade_no)).liveRefundFen).toBe(5000);
  });

  test("a second refund within the minute; the same number may be asked at any time", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    const first = newRefundNo();
    const second = newRefundNo();
    await it.refund({ out_trade_no, out_refund_no: first });

    const early = await it.askRefund({ out_trade_no, out_refund_no: second });
    const same = await it.askRefund({ out_trade_no, out_refund_no: first });
    await sandbox.clock({ advanceMs: minuteMs });
    const later = await it.askRefund({ out_trade_no, out_refund_no: second });

    expect(early.err_code).toBe("FREQUENCY_LIMITED");
    for (const answer of [same, later]) expect(answer.result_code).toBe("SUCCESS");
  });

  test("of another payment of the same number the minute is its own", async () => {
    const { transactionIds } = await it.aPaidOrder({ twice: true });

    for (const transaction_id of transactionIds) await it.refund({ transaction_id });

    expect(transactionIds).toHaveLength(2);
  });

  test("the time factor shortens the minute", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    await sandbox.clock({ factor: 100_000 });

    await it.refund({ out_trade_no });
    await expect
      .poll(async () => (await it.askRefund({ out_trade_no })).result_code, { timeout: 20_000 })
      .toBe("SUCCESS");
  });

  test("the fifty-first", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    await sandbox.refundSettings({ gapMs: 0 });
    for (let count = 0; count < 50; count += 1) await it.refund({ out_trade_no, refund_fee: "1" });

    const answer = await it.askRefund({ out_trade_no, refund_fee: "1" });

    expect(answer.err_code).toBe("ERROR");
    expect(answer.err_code_des).toContain("50次");
    expect(await sandbox.refunds(out_trade_no)).toHaveLength(50);
  });

  test("after a year, but not on its last day", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const late = await it.aPaidOrder();

    await sandbox.clock({ advanceMs: 365 * dayMs - minuteMs });
    const inTime = await it.askRefund({ out_trade_no: outTradeNo });
    await sandbox.clock({ advanceMs: 2 * minuteMs });
    const tooLate = await it.askRefund({ out_trade_no: late.outTradeNo });

    expect(inTime.result_code).toBe("SUCCESS");
    expect(tooLate.err_code).toBe("TRADE_OVERDUE");
  });
});

describe("the merchant's purses", () => {
  test("NOTENOUGH until topped up, then the same number goes through once", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    const out_refund_no = newRefundNo();
    await sandbox.purse({ unsettledFen: 1199 });

    const short = await it.askRefund({ out_trade_no, out_refund_no });
    const refused = await sandbox.refund(out_refund_no);
    await sandbox.purse({ topUpUnsettledFen: 1 });
    await it.refund({ out_trade_no, out_refund_no });

    expect(short.err_code).toBe("NOTENOUGH");
    expect(refused).toBeNull();
    expect(await sandbox.refund(out_refund_no)).toMatchObject({ asked: 2, executed: 1 });
    expect((await sandbox.purse()).unsettledFen).toBe(0);
  });

  test("the other purse pays where the first one cannot, under the same number", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    const given = { out_trade_no, out_refund_no: newRefundNo() };
    await sandbox.purse({ unsettledFen: 0, rechargeFen: 1200 });

    const short = await it.askRefund(given);
    await it.refund({ ...given, refund_account: "REFUND_SOURCE_RECHARGE_FUNDS" });

    expect(short.err_code).toBe("NOTENOUGH");
    expect((await it.query({ out_refund_no: given.out_refund_no })).refund_account_0).toBe(
      "REFUND_SOURCE_RECHARGE_FUNDS",
    );
    expect(await sandbox.purse()).toEqual({ unsettledFen: 0, rechargeFen: 0 });
  });

  test("a closed refund gives the money back to the purse it came from, once", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder();
    const outRefundNo = newRefundNo();
    const refund_account = "REFUND_SOURCE_RECHARGE_FUNDS";
    await it.refund({ out_trade_no, out_refund_no: outRefundNo, refund_account });
    const between = await sandbox.purse();

    await sandbox.settleRefund({ outRefundNo, status: "REFUNDCLOSE" });
    await expect(sandbox.settleRefund({ outRefundNo, status: "REFUNDCLOSE" })).rejects.toThrow("REFUNDCLOSE");

    expect(between.rechargeFen).toBe(10_000_000 - 1200);
    expect(await sandbox.purse()).toEqual({ unsettledFen: 10_000_000, rechargeFen: 10_000_000 });
  });
});
