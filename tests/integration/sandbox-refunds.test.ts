import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aRefundingMerchant, newRefundNo } from "@/tests/support/refund-at-sandbox";
import { call, signAgain } from "@/tests/support/sandbox-call";

let it: Awaited<ReturnType<typeof aRefundingMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aRefundingMerchant();
  sandbox = it.sandbox;
});
beforeEach(() => it.startAfresh());
afterAll(() => it.stop());

test("a refund is accepted, settles, is told, and can be asked about", async () => {
  const { outTradeNo, transactionId } = await it.aPaidOrder();
  const outRefundNo = newRefundNo();

  const accepted = await it.refund({ out_trade_no: outTradeNo, out_refund_no: outRefundNo });
  const processing = await it.query({ out_refund_no: outRefundNo });
  const { refund } = await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
  const done = await it.query({ out_refund_no: outRefundNo });

  expect(accepted).toMatchObject({
    transaction_id: transactionId,
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    refund_id: refund.refundId,
    refund_fee: "1200",
    settlement_refund_fee: "1200",
    total_fee: "8800",
    settlement_total_fee: "8800",
    fee_type: "CNY",
    cash_fee: "8800",
    cash_fee_type: "CNY",
    cash_refund_fee: "1200",
    coupon_refund_fee: "0",
    coupon_refund_count: "0",
  });
  expect(refund.refundId).toMatch(/^50[0-9]{26}$/);
  expect(processing).toMatchObject({
    refund_status_0: "PROCESSING",
    refund_fee_0: "1200",
    refund_count: "1",
  });
  expect(processing).not.toHaveProperty("refund_success_time_0");
  expect(done).toMatchObject({
    transaction_id: transactionId,
    out_trade_no: outTradeNo,
    total_refund_count: "1",
    out_refund_no_0: outRefundNo,
    refund_id_0: refund.refundId,
    refund_channel_0: "ORIGINAL",
    refund_status_0: "SUCCESS",
    refund_account_0: "REFUND_SOURCE_UNSETTLED_FUNDS",
    refund_recv_accout_0: "支付用户零钱",
  });
  expect(done.refund_success_time_0).toMatch(/^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$/);
  expect(it.receiver.received).toHaveLength(1);
  expect(await sandbox.refunds(outTradeNo)).toMatchObject([
    { outRefundNo, refundFen: 1200, status: "SUCCESS", source: "API", asked: 1, executed: 1 },
  ]);
  expect(await sandbox.order(outTradeNo)).toMatchObject({ refundedFen: 1200, liveRefundFen: 1200 });
});

test("the answer is signed as the order was, whatever the call was signed with", async () => {
  const { outTradeNo } = await it.aPaidOrder({ signType: "MD5" });

  const answer = await it.askRefund({ out_trade_no: outTradeNo });

  expect(answer.sign).toBe(signAgain(answer, sandbox.merchant.apiKey, "MD5"));
});

test("transaction_id wins over out_trade_no, and op_user_id of older protocols is let through", async () => {
  const { outTradeNo, transactionId } = await it.aPaidOrder();

  const answer = await it.askRefund({
    transaction_id: transactionId,
    out_trade_no: "SOMETHING_ELSE",
    op_user_id: sandbox.merchant.mchId,
  });

  expect(answer).toMatchObject({ result_code: "SUCCESS", out_trade_no: outTradeNo });
});

describe("the same number", () => {
  test("is the same refund for ever: asked many times, at once and later, it is executed once", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const given = { out_trade_no: outTradeNo, out_refund_no: newRefundNo() };
    const before = await sandbox.purse();

    const answers = await Promise.all(Array.from({ length: 10 }, () => it.refund(given)));
    await sandbox.settleRefund({ outRefundNo: given.out_refund_no, status: "SUCCESS" });
    answers.push(await it.refund({ ...given, refund_desc: "another reason" }));

    expect(new Set(answers.map((one) => one.refund_id)).size).toBe(1);
    expect(await sandbox.refunds(outTradeNo)).toMatchObject([{ asked: 11, executed: 1, refundFen: 1200 }]);
    expect((await sandbox.purse()).unsettledFen).toBe(before.unsettledFen - 1200);
  });

  test("with another amount or another order is refused, and nothing moves", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const other = await it.aPaidOrder();
    const out_refund_no = newRefundNo();
    await it.refund({ out_trade_no: outTradeNo, out_refund_no });

    const amount = await it.askRefund({ out_trade_no: outTradeNo, out_refund_no, refund_fee: "1300" });
    const order = await it.askRefund({ out_trade_no: other.outTradeNo, out_refund_no });

    for (const answer of [amount, order]) expect(answer.err_code).toBe("INVALID_REQUEST");
    expect(await sandbox.refunds(other.outTradeNo)).toEqual([]);
    expect((await sandbox.order(outTradeNo)).liveRefundFen).toBe(1200);
  });

  test("two numbers for one wish are two refunds, and the ledger can tell", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.refundSettings({ gapMs: 0 });

    await it.refund({ out_trade_no: outTradeNo });
    await it.refund({ out_trade_no: outTradeNo });

    expect(await sandbox.refunds(outTradeNo)).toHaveLength(2);
    expect((await sandbox.order(outTradeNo)).liveRefundFen).toBe(2400);
  });
});

describe("a coupon", () => {
  test("takes its share of every refund, and of the last one what is left", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder({ couponFen: 1000 });
    await sandbox.refundSettings({ gapMs: 0 });

    const first = await it.refund({ out_trade_no, refund_fee: "3333" });
    const last = await it.refund({ out_trade_no, refund_fee: "5467" });
    const both = await it.query({ out_trade_no });

    const shares = [first, last].map((one) => Number(one.coupon_refund_fee));
    expect(shares).toEqual([378, 622]);
    for (const one of [first, last]) {
      expect(Number(one.cash_refund_fee) + Number(one.coupon_refund_fee)).toBe(Number(one.refund_fee));
      expect(one).toMatchObject({ coupon_refund_count: "1", coupon_type_0: "NO_CASH", cash_fee: "7800" });
      expect(one.coupon_refund_fee_0).toBe(one.coupon_refund_fee);
    }
    expect(both).toMatchObject({
      coupon_refund_fee_0: "622",
      coupon_type_0_0: "NO_CASH",
      coupon_refund_fee_0_0: "622",
      settlement_refund_fee_1: "2955",
    });
  });
});

describe("refundquery", () => {
  test("answers by any number, in WeChat's order of priority", async () => {
    const { outTradeNo, transactionId } = await it.aPaidOrder();
    const { refund_id, out_refund_no } = await it.refund({ out_trade_no: outTradeNo });
    const nonsense = "SOMETHING_ELSE";

    const asked = [
      { refund_id, out_refund_no: nonsense, transaction_id: nonsense, out_trade_no: nonsense },
      { out_refund_no, transaction_id: nonsense, out_trade_no: nonsense },
      { transaction_id: transactionId, out_trade_no: nonsense },
      { out_trade_no: outTradeNo },
    ];

    for (const given of asked) {
      const answer = await it.askQuery(given);
      expect(answer).toMatchObject({ result_code: "SUCCESS", refund_id_0: refund_id });
      expect(answer.sign).toBe(signAgain(answer, sandbox.merchant.apiKey, "HMAC-SHA256"));
    }
  });

  test("pages by ten, newest first, as the shop's own reader can take it", async () => {
    const { outTradeNo: out_trade_no } = await it.aPaidOrder({ couponFen: 300 });
    await sandbox.refundSettings({ gapMs: 0 });
    const made: string[] = [];
    for (let nth = 0; nth < 23; nth += 1) {
      const { out_refund_no } = await it.refund({ out_trade_no, refund_fee: "100" });
      made.unshift(out_refund_no ?? "");
    }

    const pages = [];
    for (const offset of [undefined, "10", "20"]) pages.push(await it.query({ out_trade_no, offset }));
    const beyond = await it.askQuery({ out_trade_no, offset: "23" });

    expect(pages.map((one) => one.refund_count)).toEqual(["10", "10", "3"]);
    expect(pages.map((one) => one.total_refund_count)).toEqual(["23", "23", "23"]);
    const found = pages.flatMap((page) =>
      Array.from({ length: Number(page.refund_count) }, (_, nth) => page[`out_refund_no_${nth}`]),
    );
    expect(found).toEqual(made);
    expect(beyond).toMatchObject({ return_code: "SUCCESS", err_code: "PARAM_ERROR" });
    expect(beyond.sign).toBe(signAgain(beyond, sandbox.merchant.apiKey, "HMAC-SHA256"));
  });

  test("knows nothing of what was never accepted", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const code = async (given: Record<string, string>) => (await it.askQuery(given)).err_code;
    const { refund_id } = await it.refund({ out_trade_no: (await it.aPaidOrder()).outTradeNo });

    expect(await code({ out_refund_no: newRefundNo() })).toBe("REFUNDNOTEXIST");
    expect(await code({ refund_id: "5".repeat(28) })).toBe("REFUNDNOTEXIST");
    expect(await code({ out_trade_no: outTradeNo })).toBe("REFUNDNOTEXIST");
    expect(await code({ out_trade_no: "NEVER_MADE" })).toBe("REFUNDNOTEXIST");
    expect(await code({ transaction_id: "4".repeat(28) })).toBe("INVALID_TRANSACTIONID");
    const mini = { refund_id: refund_id ?? "", appid: sandbox.merchant.miniAppId };
    expect(await code(mini)).toBe("REFUNDNOTEXIST");
    expect((await it.askQuery({})).return_msg).toContain("缺少参数");
    expect((await it.askQuery({ out_trade_no: outTradeNo, offset: "ten" })).err_code).toBe("REFUNDNOTEXIST");
  });
});

test("orderquery says REFUND from the first refund on and nothing of the money; closeorder still says paid", async () => {
  const { outTradeNo: out_trade_no } = await it.aPaidOrder();
  await it.refund({ out_trade_no, refund_fee: "1" });

  const query = await call(sandbox, "/pay/orderquery", { out_trade_no });
  const close = await call(sandbox, "/pay/closeorder", { out_trade_no });

  expect(query).toMatchObject({ result_code: "SUCCESS", trade_state: "REFUND", out_trade_no });
  for (const name of ["transaction_id", "total_fee", "time_end"]) expect(query).not.toHaveProperty(name);
  expect(close.err_code).toBe("ORDERPAID");
});

test("the books add up", async () => {
  const before = (await sandbox.state()).totals;
  await sandbox.refundSettings({ gapMs: 0 });
  const { outTradeNo: out_trade_no } = await it.aPaidOrder();
  const numbers = [newRefundNo(), newRefundNo(), newRefundNo(), newRefundNo()];
  for (const out_refund_no of numbers) await it.refund({ out_trade_no, out_refund_no, refund_fee: "1000" });
  const [succeeded = "", abnormal = "", closed = ""] = numbers;
  await sandbox.settleRefund({ outRefundNo: succeeded, status: "SUCCESS" });
  await sandbox.settleRefund({ outRefundNo: abnormal, status: "CHANGE" });
  await sandbox.settleRefund({ outRefundNo: closed, status: "REFUNDCLOSE" });
  await it.askRefund({ out_trade_no, refund_fee: "9999" });

  const { totals } = await sandbox.state();

  expect({
    refunds: totals.refunds - before.refunds,
    refundsProcessing: totals.refundsProcessing - before.refundsProcessing,
    refundNumbersAsked: totals.refundNumbersAsked - before.refundNumbersAsked,
    refundedFen: totals.refundedFen - before.refundedFen,
    liveRefundFen: totals.liveRefundFen - before.liveRefundFen,
  }).toEqual({
    refunds: 4,
    refundsProcessing: 1,
    refundNumbersAsked: 5,
    refundedFen: 1000,
    liveRefundFen: 3000,
  });
  expect(await sandbox.order(out_trade_no)).toMatchObject({ refundedFen: 1000, liveRefundFen: 3000 });
  expect((await sandbox.refunds()).length).toBe(totals.refunds);
});
