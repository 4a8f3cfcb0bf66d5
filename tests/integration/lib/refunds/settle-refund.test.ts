import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { giveUpRefund } from "@/lib/refunds/give-up-refund";
import { queryRefund } from "@/lib/refunds/query-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import { type RefundFacts, settleRefund } from "@/lib/refunds/settle-refund";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

type Order = Awaited<ReturnType<RefundShop["aPaidOrder"]>>;

/** What WeChat could say of a refund, whether or not its ledger says so. */
async function say(order: Order, refundNo: string, given: Partial<RefundFacts> = {}) {
  const row = await it.row(refundNo);
  const { appId, mchId } = it.shop.environment.wechat;
  const facts: RefundFacts = {
    source: "query",
    appId,
    mchId,
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId,
    outRefundNo: refundNo,
    refundId: String(row.refundId ?? `5039${Date.now()}${refundNo.slice(-8)}`),
    status: "SUCCESS",
    totalFen: order.totalFen,
    refundFen: Number(row.refundFen),
    successAt: null,
    refundRecvAccout: "支付用户零钱",
    ...given,
  };
  return settleRefund(it.shop, facts, null);
}
const verdicts = async (order: Order) =>
  (
    await it.sql`SELECT verdict, answer, copies FROM notifications WHERE kind = 'refund' AND out_trade_no = ${order.outTradeNo} ORDER BY id`
  ).map(({ verdict, answer, copies }) => `${verdict} ${answer} ${copies}`);

describe("by notification and by query", () => {
  test.each([
    ["SUCCESS", "succeeded", "succeed: accepted → succeeded"],
    ["CHANGE", "abnormal", "turnAbnormal: accepted → abnormal"],
    ["REFUNDCLOSE", "closed", "close: accepted → closed"],
  ] as const)("%s is told once, whoever tells it first and however often", async (status, becomes, move) => {
    const orders = [await it.aPaidOrder(), await it.aPaidOrder()];
    const refundNos = [await it.accepted(orders[0] as Order), await it.accepted(orders[1] as Order)] as const;

    await it.sandbox.settleRefund({ outRefundNo: refundNos[0], status, copies: 3 });
    await queryRefund(it.shop, await it.idOf(refundNos[0]));
    await it.sandbox.settleRefund({ outRefundNo: refundNos[1], status, drops: 16 });
    await queryRefund(it.shop, await it.idOf(refundNos[1]));
    await it.sandbox.refundMessage({ outRefundNo: refundNos[1], status });

    for (const refundNo of refundNos) {
      expect(await it.status(refundNo)).toBe(becomes);
      expect((await it.moves(refundNo)).filter((one) => one === move)).toHaveLength(1);
    }
    expect(await verdicts(orders[0] as Order)).toEqual(["applied SUCCESS 2"]);
    expect(await verdicts(orders[1] as Order)).toEqual(["repeated SUCCESS 0"]);
  });

  test("where the money went and when is what WeChat says", async () => {
    const refundNo = await it.accepted(await it.aPaidOrder());

    await it.sandbox.settleRefund({
      outRefundNo: refundNo,
      status: "SUCCESS",
      recvAccount: "招商银行信用卡0403",
    });

    const { recvAccount, settledAt } = await it.row(refundNo);
    const ledger = await it.sandbox.refund(refundNo);
    expect(recvAccount).toBe("招商银行信用卡0403");
    expect(new Date(settledAt).getTime()).toBe(Math.floor(Date.parse(ledger?.settledAt ?? "") / 1000) * 1000);
  });

  test("acceptance is not success: the buyer has nothing back yet", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order);

    const { body } = await order.buyer.read(order.orderNo);

    expect(body).toMatchObject({ status: "paid", refundedFen: 0, refundableFen: 0 });
    expect(body.refunds).toMatchObject([{ refundNo, status: "accepted", settledAt: null }]);
  });

  test.each(["SUCCESS", "CHANGE", "REFUNDCLOSE"] as const)(
    "%s that overtakes the answer to our own try moves it through accepted",
    async (status) => {
      const order = await it.aPaidOrder();
      const refundNo = await it.approved(order);
      it.patience(300);
      await it.sandbox.fault({ call: "refund", kind: "timeout", outTradeNo: refundNo });
      await it.send(refundNo);
      it.patience();

      await it.sandbox.settleRefund({ outRefundNo: refundNo, status });
      const told = await it.moves(refundNo);
      await it.advance(61_000);
      await it.send(refundNo); // The job that was queued for the next try.

      const event = { SUCCESS: "succeed", CHANGE: "turnAbnormal", REFUNDCLOSE: "close" }[status];
      expect(told.slice(-2)).toEqual([
        "accept: sending → accepted",
        expect.stringContaining(`${event}: accepted → `),
      ]);
      expect(await it.moves(refundNo)).toEqual(told);
      expect(it.tries(refundNo)).toHaveLength(1);
    },
  );

  test("our own answer that comes after its notification changes nothing", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });
    const before = await it.row(refundNo);

    const late = await say(order, refundNo, { source: "answer", status: "PROCESSING" });

    expect(late).toMatchObject({ verdict: "repeated", queued: false });
    expect(await it.row(refundNo)).toEqual(before);
  });
});

describe("a stale word", () => {
  const stale = [
    ["SUCCESS", "PROCESSING", "succeeded", "repeated"],
    ["SUCCESS", "CHANGE", "succeeded", "repeated"],
    ["SUCCESS", "REFUNDCLOSE", "succeeded", "mismatch"],
    ["CHANGE", "PROCESSING", "abnormal", "repeated"],
    ["REFUNDCLOSE", "PROCESSING", "closed", "repeated"],
    ["REFUNDCLOSE", "CHANGE", "closed", "repeated"],
  ] as const;
  test.each(stale)("after %s, %s moves nothing", async (first, later, status, verdict) => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order);
    await say(order, refundNo, { status: first });
    const before = [await it.row(refundNo), await it.moves(refundNo)];

    const answer = await say(order, refundNo, { status: later });

    expect(answer.verdict).toBe(verdict);
    expect(await it.status(refundNo)).toBe(status);
    expect([await it.row(refundNo), await it.moves(refundNo)]).toEqual(before);
    expect((await it.alarms(refundNo)).includes("refund_mismatch")).toBe(verdict === "mismatch");
  });
});

describe("what comes after trouble at the bank", () => {
  test("CHANGE is for a person, and ends as SUCCESS", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "CHANGE" });
    const abnormal = [await it.alarms(refundNo), (await order.buyer.read(order.orderNo)).body.refundableFen];

    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

    expect(abnormal).toEqual([["refund_abnormal"], 0]);
    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["succeeded", []]);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "closed",
      refundedFen: 8800,
    });
  });

  test("REFUNDCLOSE gives the amount free, and a new refund pays it back under a new number", async () => {
    const order = await it.aPaidOrder();
    const first = await it.accepted(order);
    await it.sandbox.settleRefund({ outRefundNo: first, status: "REFUNDCLOSE" });
    const between = (await order.buyer.read(order.orderNo)).body;

    await it.advance(61_000);
    const second = await it.accepted(order);
    await it.sandbox.settleRefund({ outRefundNo: second, status: "SUCCESS" });

    expect(between).toMatchObject({ status: "paid", refundableFen: 8800, refundedFen: 0 });
    expect(await it.alarms(first)).toEqual(["refund_closed"]);
    expect(second).not.toBe(first);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "closed",
      refundedFen: 8800,
    });
  });

  test("SUCCESS for one that was believed closed corrects it, and a person is told", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order, 500);
    await say(order, refundNo, { status: "REFUNDCLOSE" });

    await say(order, refundNo, { status: "SUCCESS" });

    expect((await it.moves(refundNo)).at(-1)).toBe("correct: closed → succeeded");
    expect(await it.alarms(refundNo)).toContain("refund_contradiction");
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ refundedFen: 500 });
  });
});

describe("what was ended here and lives at WeChat all the same", () => {
  async function givenUp() {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order, 700);
    await it.sandbox.fault({
      call: "refund",
      kind: "error",
      outTradeNo: refundNo,
      options: { code: "ERROR" },
    });
    await it.send(refundNo);
    await giveUpRefund(it.shop, { refundNo, by: it.boss, note: "改为补发" });
    expect(await it.status(refundNo)).toBe("closed");
    return { order, refundNo };
  }
  async function byHand() {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order, 700);
    const options = { code: "USER_ACCOUNT_ABNORMAL" };
    await it.sandbox.fault({ call: "refund", kind: "error", outTradeNo: refundNo, options });
    await it.send(refundNo);
    expect(await it.status(refundNo)).toBe("manual");
    return { order, refundNo };
  }

  test.each([
    ["given up", "PROCESSING", "accepted", "refund_contradiction", givenUp],
    ["given up", "CHANGE", "abnormal", "refund_abnormal", givenUp],
    ["given up", "SUCCESS", "succeeded", "refund_contradiction", givenUp],
    ["for a person to pay", "PROCESSING", "accepted", "refund_contradiction", byHand],
    ["for a person to pay", "SUCCESS", "succeeded", "refund_contradiction", byHand],
  ] as const)(
    "%s, then %s: followed to its end, and a person is told",
    async (_, status, becomes, alarm, ended) => {
      const { order, refundNo } = await ended();

      await say(order, refundNo, { status });

      expect(await it.status(refundNo)).toBe(becomes);
      expect(await it.alarms(refundNo)).toContain(alarm);
      if (status === "PROCESSING") expect(await it.nextRunInMs(refundNo, "query_refund")).toBe(60_000);
      if (status === "PROCESSING") await say(order, refundNo, { status: "SUCCESS" });
      if (status !== "CHANGE")
        expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ refundedFen: 700 });
      await expect(
        recordPayout(it.shop, {
          ...{ refundNo, by: it.boss, method: "cash", reference: null, note: null },
          paidAt: it.clock.now,
        }),
      ).rejects.toMatchObject({ code: "refund_decided" });
    },
  );

  test("paid by hand already: stays so, counts once, and a person is told", async () => {
    const { order, refundNo } = await byHand();
    const payout = { refundNo, by: it.boss, method: "cash", reference: null, note: null };
    await recordPayout(it.shop, { ...payout, paidAt: it.clock.now });

    const processing = await say(order, refundNo, { status: "PROCESSING" });
    const during = await it.status(refundNo);
    await say(order, refundNo, { status: "SUCCESS" });

    expect([processing.verdict, during]).toEqual(["repeated", "manual"]);
    expect(await it.alarms(refundNo)).toEqual(["refund_contradiction"]);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      refundedFen: 700,
      refundableFen: 8100,
    });
  });
});

describe("what does not fit", () => {
  const misfits: [string, Partial<RefundFacts>, string][] = [
    ["another amount", { refundFen: 499 }, "another amount than asked"],
    ["another total", { totalFen: 8799 }, "another total than was received"],
    ["another refund_id", { refundId: "50399999999999" }, "another refund_id than WeChat gave before"],
    [
      "another out_trade_no",
      { outTradeNo: "NOSUCHNUMBER" },
      "this transaction belongs to another out_trade_no",
    ],
  ];
  test.each(misfits)("%s: FAIL, an alarm, nothing moves", async (_, given, reason) => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order, 500);
    const before = [await it.row(refundNo), await it.moves(refundNo)];

    const answer = await say(order, refundNo, given);

    expect(answer).toMatchObject({ verdict: "mismatch", answer: "FAIL", reason });
    expect([await it.row(refundNo), await it.moves(refundNo)]).toEqual(before);
    expect(await it.alarms(refundNo)).toEqual(["refund_mismatch"]);
  });

  test("the number of another payment's refund: FAIL for both, nothing moves", async () => {
    const [order, other] = [await it.aPaidOrder(), await it.aPaidOrder()];
    const refundNo = await it.accepted(order, 500);

    const answer = await say(other, refundNo);

    expect(answer).toMatchObject({
      verdict: "mismatch",
      reason: "this out_refund_no belongs to another transaction",
    });
    expect(await it.status(refundNo)).toBe("accepted");
    expect((await other.buyer.read(other.orderNo)).body.refunds).toEqual([]);
  });

  test.each(["requested", "approved", "rejected", "withdrawn", "awaiting_return"])(
    "one that is %s was never asked for at WeChat: FAIL, nothing moves",
    async (status) => {
      const order = await it.aPaidOrder();
      const refundNo = await it.asked(order, 500);
      await it.sql`UPDATE refunds SET status = ${status} WHERE out_refund_no = ${refundNo}`;

      const answer = await say(order, refundNo, { refundId: `5039${refundNo.slice(1)}` });

      expect(answer).toMatchObject({ verdict: "mismatch", reason: "WeChat was never asked for this refund" });
      expect(await it.status(refundNo)).toBe(status);
    },
  );

  test("a notification with a wrong amount is refused, and WeChat is asked what is true", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order, 500);

    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", notifyRefundFen: 5000 });
    const refused = [await it.status(refundNo), await verdicts(order)];
    const [queued] =
      await it.sql`SELECT task, payload FROM outbox WHERE task = 'find_refunds' ORDER BY id DESC LIMIT 1`;
    await queryRefund(it.shop, await it.idOf(refundNo));

    expect(refused).toEqual(["accepted", ["mismatch FAIL 0"]]);
    expect(queued?.payload).toEqual({ orderId: order.orderId, receiptId: order.receiptId });
    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["succeeded", []]);
  });
});
