import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { queryRefund } from "@/lib/refunds/query-refund";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

type Order = Awaited<ReturnType<RefundShop["aPaidOrder"]>>;

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

    const late = await it.say(order, refundNo, { source: "answer", status: "PROCESSING" });

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
    await it.say(order, refundNo, { status: first });
    const before = [await it.row(refundNo), await it.moves(refundNo)];

    const answer = await it.say(order, refundNo, { status: later });

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
    await it.say(order, refundNo, { status: "REFUNDCLOSE" });

    await it.say(order, refundNo, { status: "SUCCESS" });

    expect((await it.moves(refundNo)).at(-1)).toBe("correct: closed → succeeded");
    expect(await it.alarms(refundNo)).toContain("refund_contradiction");
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ refundedFen: 500 });
  });
});
