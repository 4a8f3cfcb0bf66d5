import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aRefundingMerchant, newRefundNo } from "@/tests/support/refund-at-sandbox";
import { startSandbox } from "@/tests/support/sandbox";
import { anOrder, call } from "@/tests/support/sandbox-call";

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

describe("how it ends", () => {
  test("by itself, after a while that the time factor shortens", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.refundSettings({ settleMs: 60 * minuteMs });
    await it.refund({ out_trade_no: outTradeNo });
    const before = await sandbox.refunds(outTradeNo);

    await sandbox.clock({ factor: 100_000 }); // A wait that has begun shrinks with it.
    await it.receiver.waitFor(1);

    expect(before[0]).toMatchObject({ status: "PROCESSING", settledAt: null });
    expect((await sandbox.refunds(outTradeNo))[0]).toMatchObject({ status: "SUCCESS", settleAt: null });
  });

  test("when the clock is turned past it", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.refundSettings({ settleMs: 3 * dayMs });
    await it.refund({ out_trade_no: outTradeNo });

    await sandbox.clock({ advanceMs: 3 * dayMs });
    await it.receiver.waitFor(1);

    expect((await sandbox.refunds(outTradeNo))[0]?.status).toBe("SUCCESS");
  });

  test("a slow bank does nothing until it is told", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await it.refund({ out_trade_no: outTradeNo });

    await sandbox.clock({ advanceMs: 30 * dayMs });

    expect((await sandbox.refunds(outTradeNo))[0]).toMatchObject({ status: "PROCESSING", settleAt: null });
  });

  test("as planned for the order: abnormal first, then to a bank card when the merchant has acted", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const outRefundNo = newRefundNo();
    await sandbox.refundPlan({ outTradeNo, outcome: "CHANGE", settleMs: 0 });
    await it.refund({ out_trade_no: outTradeNo, out_refund_no: outRefundNo });
    await it.receiver.waitFor(1);
    const abnormal = await it.query({ out_refund_no: outRefundNo });

    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", recvAccount: "招商银行信用卡0403" });
    const done = await it.query({ out_refund_no: outRefundNo });

    expect(abnormal).toMatchObject({ refund_status_0: "CHANGE" });
    expect(abnormal).not.toHaveProperty("refund_success_time_0");
    expect(done).toMatchObject({
      refund_status_0: "SUCCESS",
      refund_recv_accout_0: "招商银行信用卡0403",
    });
    expect(it.receiver.received.map((one) => it.read(one.body))).toMatchObject([
      { kind: "verified", result: { status: "CHANGE", successAt: null } },
      { kind: "verified", result: { status: "SUCCESS", refundRecvAccout: "招商银行信用卡0403" } },
    ]);
  });

  test("closed: told, back at the merchant, and no refund of the buyer's", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.refundPlan({ outcome: "REFUNDCLOSE", settleMs: 0 }); // For whatever comes next.
    await it.refund({ out_trade_no: outTradeNo });
    await it.receiver.waitFor(1);

    expect(it.read(it.receiver.received[0]?.body)).toMatchObject({
      kind: "verified",
      result: { status: "REFUNDCLOSE", successAt: null, refundRecvAccout: "商户基本账户" },
    });
    expect(await sandbox.order(outTradeNo)).toMatchObject({ refundedFen: 0, liveRefundFen: 0 });
  });

  test("a plan is used up by the refund it strikes, and not by one that was refused", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.refundSettings({ gapMs: 0 });
    await sandbox.refundPlan({ outTradeNo, outcome: "REFUNDCLOSE" });

    await it.askRefund({ out_trade_no: outTradeNo, refund_fee: "9999" });
    await it.refund({ out_trade_no: outTradeNo });
    await it.refund({ out_trade_no: outTradeNo });

    const plans = (await sandbox.refunds(outTradeNo)).map((one) => one.plan);
    expect(plans).toEqual([{ outcome: "REFUNDCLOSE" }, {}]);
  });

  test("what has ended stays so, and an unknown number is said to be one", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const outRefundNo = newRefundNo();
    await it.refund({ out_trade_no: outTradeNo, out_refund_no: outRefundNo });
    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

    for (const status of ["SUCCESS", "CHANGE", "REFUNDCLOSE"] as const) {
      await expect(sandbox.settleRefund({ outRefundNo, status })).rejects.toThrow("the refund is SUCCESS");
    }
    await expect(sandbox.settleRefund({ outRefundNo: "NONE", status: "SUCCESS" })).rejects.toThrow(
      "WeChat's ledger has no refund NONE",
    );
  });
});

describe("by hand in the merchant platform", () => {
  test("a number of WeChat's own, told to the payment's site", async () => {
    const { outTradeNo, transactionId } = await it.aPaidOrder();

    const made = await sandbox.portalRefund({ outTradeNo, refundFen: 300, settleMs: 0 });
    await it.receiver.waitFor(1);

    expect(made).toMatchObject({
      source: "VENDOR_PLATFORM",
      notifyUrl: it.notifyUrl(),
      refundFen: 300,
      asked: 0,
    });
    expect(it.read(it.receiver.received[0]?.body)).toMatchObject({
      kind: "verified",
      result: {
        outRefundNo: made.outRefundNo,
        transactionId,
        refundFen: 300,
        refundRequestSource: "VENDOR_PLATFORM",
      },
    });
    expect((await it.query({ out_trade_no: outTradeNo })).out_refund_no_0).toBe(made.outRefundNo);
    const found = await sandbox.control<{ orders: { outTradeNo: string }[] }>("orders", {
      search: made.outRefundNo,
    });
    expect(found.orders.map((one) => one.outTradeNo)).toEqual([outTradeNo]);
  });

  test("a person may refund twice within the minute, and the shop may not after them", async () => {
    const { outTradeNo } = await it.aPaidOrder();

    await sandbox.portalRefund({ outTradeNo, refundFen: 100 });
    await sandbox.portalRefund({ outTradeNo, refundFen: 100 });
    const answer = await it.askRefund({ out_trade_no: outTradeNo });

    expect(answer.err_code).toBe("FREQUENCY_LIMITED");
    expect(await sandbox.refunds(outTradeNo)).toHaveLength(2);
  });

  test("counts in every sum, and obeys the sums itself", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.portalRefund({ outTradeNo, refundFen: 8000 });

    await expect(sandbox.portalRefund({ outTradeNo, refundFen: 801 })).rejects.toThrow("剩余可退金额");
    await sandbox.clock({ advanceMs: minuteMs });
    const answer = await it.askRefund({ out_trade_no: outTradeNo, refund_fee: "801" });

    expect(answer.err_code).toBe("ERROR");
    await expect(sandbox.portalRefund({ outTradeNo: "NEVER_MADE", refundFen: 1 })).rejects.toThrow(
      "ORDERNOTEXIST",
    );
  });
});

test("after a kill the ledger is whole, and what was on its way goes on by itself", async () => {
  const other = await startSandbox();
  const { outTradeNo, outRefundNo } = await refundOnItsWay(other);

  await other.kill();
  await other.restart();

  await expect
    .poll(async () => (await other.refund(outRefundNo))?.status, { timeout: 20_000 })
    .toBe("SUCCESS");
  expect(await other.refunds(outTradeNo)).toMatchObject([{ asked: 1, executed: 1 }]);
  await other.stop();
});

async function refundOnItsWay(other: typeof sandbox) {
  const fields = anOrder();
  const outTradeNo = fields.out_trade_no;
  const outRefundNo = newRefundNo();
  await call(other, "/pay/unifiedorder", fields);
  await other.pay({ outTradeNo });
  await other.refundSettings({ settleMs: 1_000 }); // Longer than the kill takes, and no longer than needed.
  const request = {
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    total_fee: "8800",
    refund_fee: "100",
  };
  const answer = await call(other, "/secapi/pay/refund", request, { withCertificate: true });
  expect(answer.result_code).toBe("SUCCESS");
  return { outTradeNo, outRefundNo };
}
