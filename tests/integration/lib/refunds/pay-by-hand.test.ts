import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { giveUpRefund } from "@/lib/refunds/give-up-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
  it.patience(300);
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

const refuse = (refundNo: string, code: string) =>
  it.sandbox.fault({ call: "refund", kind: "error", outTradeNo: refundNo, options: { code, text: "如此" } });
const payout = (refundNo: string, of: Partial<Parameters<typeof recordPayout>[1]> = {}) =>
  recordPayout(it.shop, {
    ...{ refundNo, by: it.boss, method: "bank_transfer", reference: "20261122-7", note: null },
    paidAt: it.clock.now,
    ...of,
  });

describe("what WeChat will never pay", () => {
  test.each(["TRADE_OVERDUE", "USER_ACCOUNT_ABNORMAL"])(
    "%s goes to a person, and nothing is sent again",
    async (code) => {
      const order = await it.aPaidOrder();
      const refundNo = await it.approved(order);
      await refuse(refundNo, code);

      await it.send(refundNo);
      await it.advance(25 * 3_600_000);
      await it.send(refundNo);

      expect(await it.row(refundNo)).toMatchObject({ status: "manual", errorCode: code, nextTryInMs: null });
      expect(await it.alarms(refundNo)).toEqual(["refund_by_hand"]);
      expect(it.tries(refundNo)).toHaveLength(1);
      expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
        refundedFen: 0,
        refundableFen: 0,
      });
    },
  );

  test("what has become a year old meanwhile is not sent at all", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order);
    await it.sql`UPDATE receipts SET paid_at = paid_at - interval '366 days' WHERE id = ${order.receiptId}`;

    await it.send(refundNo);

    expect(await it.row(refundNo)).toMatchObject({ status: "manual", errorCode: "TRADE_OVERDUE" });
    expect(it.tries(refundNo)).toEqual([]);
  });

  test.each(["timeout", "reset", "system-error-after"] as const)(
    "refused after a try that was executed and answered with %s: it was paid, and nobody pays it twice",
    async (kind) => {
      const order = await it.aPaidOrder();
      const refundNo = await it.approved(order);
      await it.sandbox.fault({ call: "refund", kind, outTradeNo: refundNo });
      await it.send(refundNo);
      await refuse(refundNo, "TRADE_OVERDUE");

      await it.advance(61_000);
      await it.send(refundNo);

      expect(await it.status(refundNo)).toBe("accepted");
      expect(await it.alarms(refundNo)).toEqual([]);
      expect(await it.sandbox.refund(refundNo)).toMatchObject({ executed: 1 });
    },
  );

  test("refused after a try that nobody knows of, while WeChat does not answer: open until it does", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    await it.sandbox.fault({ call: "refund", kind: "reset-before", outTradeNo: refundNo });
    await it.send(refundNo);
    for (let n = 0; n < 2; n++) await refuse(refundNo, "TRADE_OVERDUE");
    await it.sandbox.fault({ call: "refundquery", kind: "system-error", outTradeNo: refundNo });

    await it.advance(61_000);
    await it.send(refundNo);
    const open = await it.row(refundNo);
    await it.advance(3_600_000);
    await it.send(refundNo);

    expect(open).toMatchObject({ status: "sending", errorCode: "TRADE_OVERDUE" });
    expect(await it.status(refundNo)).toBe("manual");
  });

  test("what the portal has paid in silence leaves no room: nobody is told to pay it again, and a person ends it", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order, 500);
    const made = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 8400 });
    await it.sandbox.settleRefund({ outRefundNo: made.outRefundNo, status: "SUCCESS", drops: 16 });
    await refuse(refundNo, "TRADE_OVERDUE");

    await it.send(refundNo);

    expect(await it.row(refundNo)).toMatchObject({ status: "sending", nextTryInMs: 86_400_000 });
    expect(await it.alarms(refundNo)).toEqual(["refund_refused"]);
    expect(await it.status(made.outRefundNo)).toBe("succeeded");
    await giveUpRefund(it.shop, { refundNo, by: it.boss, note: "商户平台已退" });
    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["closed", []]);
  });

  test("until WeChat says what the portal has paid, nobody is told to pay", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    for (let n = 0; n < 2; n++) await refuse(refundNo, "TRADE_OVERDUE");
    await it.sandbox.fault({ call: "refundquery", kind: "system-error" });

    await it.send(refundNo);
    const open = await it.row(refundNo);
    await it.advance(61_000);
    await it.send(refundNo);

    expect(open).toMatchObject({ status: "sending", errorCode: "TRADE_OVERDUE" });
    expect(await it.status(refundNo)).toBe("manual");
  });

  test("it makes way for the next of the same payment", async () => {
    const order = await it.aPaidOrder();
    const [first, second] = [await it.approved(order, 500), await it.approved(order, 300)];
    await refuse(first, "USER_ACCOUNT_ABNORMAL");
    await it.send(first);

    await it.advance(61_000);
    await it.send(second);

    expect([await it.status(first), await it.status(second)]).toEqual(["manual", "accepted"]);
  });
});

describe("recorded by a person", () => {
  async function byHand(refundFen?: number) {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order, refundFen);
    await refuse(refundNo, "USER_ACCOUNT_ABNORMAL");
    await it.send(refundNo);
    return { order, refundNo };
  }

  test("the order follows as if WeChat had paid, once, and the entry says how", async () => {
    const { order, refundNo } = await byHand();

    const both = await Promise.allSettled([payout(refundNo), payout(refundNo, { method: "cash" })]);

    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "closed",
      closedReason: "refunded",
      refundedFen: 8800,
      refunds: [
        { status: "manual", manualMethod: expect.any(String), settledAt: it.clock.now.toISOString() },
      ],
    });
    expect(await it.alarms(refundNo)).toEqual([]);
    const entries =
      await it.sql`SELECT after FROM audit_entries WHERE action = 'refund.record_payout' AND subject_id = ${String(await it.idOf(refundNo))}`;
    expect(entries).toHaveLength(1);
  });

  test("a part leaves the order open", async () => {
    const { order, refundNo } = await byHand(500);

    await payout(refundNo);

    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "paid",
      refundedFen: 500,
      refundableFen: 8300,
    });
  });

  test("paid by the portal as well: both are known, and a person is told", async () => {
    const { order, refundNo } = await byHand(500);
    const made = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 8800 });
    await it.sandbox.settleRefund({ outRefundNo: made.outRefundNo, status: "SUCCESS" });

    await payout(refundNo);

    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "closed",
      refundedFen: 9300,
    });
    expect(await it.alarms(refundNo)).toEqual(["refund_contradiction"]);
  });

  test("what is not right is refused, and nothing is recorded", async () => {
    const { refundNo } = await byHand(500);

    for (const wrong of [
      { method: "gold" },
      { reference: "x".repeat(101) },
      { reference: "a\0b" },
      { note: "x".repeat(501) },
      { note: "a\0b" },
      { paidAt: new Date(it.clock.now.getTime() + 3_600_000) },
      { paidAt: new Date(it.clock.now.getTime() - 86_400_000) }, // Before the payment.
      { paidAt: new Date(Number.NaN) },
    ])
      await expect(payout(refundNo, wrong), JSON.stringify(wrong)).rejects.toMatchObject({
        code: "malformed",
      });
    expect((await it.row(refundNo)).manualMethod).toBeNull();
  });

  test.each(["requested", "approved", "accepted", "succeeded", "closed"])(
    "not of one that is %s",
    async (status) => {
      const refundNo = await it.asked(await it.aPaidOrder());
      await it.sql`UPDATE refunds SET status = ${status}, settled_at = now() WHERE out_refund_no = ${refundNo}`;

      await expect(payout(refundNo)).rejects.toMatchObject({ code: "refund_decided" });
    },
  );
});

describe("given up by a person", () => {
  const giveUp = (refundNo: string, note: string | null = "改为补发") =>
    giveUpRefund(it.shop, { refundNo, by: it.boss, note });
  async function refused(code = "ERROR") {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order);
    await refuse(refundNo, code);
    await it.send(refundNo);
    return { order, refundNo };
  }

  test("ends only what WeChat knows nothing of; the amount is free and a new number pays it", async () => {
    const { order, refundNo } = await refused();

    await giveUp(refundNo);
    await it.send(refundNo);
    await it.advance(61_000);
    const again = await it.accepted(order);

    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["closed", []]);
    expect(it.tries(refundNo)).toHaveLength(1);
    expect(await it.sandbox.refunds(order.outTradeNo)).toMatchObject([{ outRefundNo: again, executed: 1 }]);
  });

  test("one that a person was to pay ends unpaid, and no payout is recorded of it afterwards; nor the other way round", async () => {
    const [unpaid, paid] = [await refused("TRADE_OVERDUE"), await refused("TRADE_OVERDUE")];

    await giveUp(unpaid.refundNo);
    await payout(paid.refundNo);

    expect([await it.status(unpaid.refundNo), await it.alarms(unpaid.refundNo)]).toEqual(["closed", []]);
    expect((await unpaid.order.buyer.read(unpaid.order.orderNo)).body).toMatchObject({
      status: "paid",
      refundedFen: 0,
      refundableFen: 8800,
    });
    await expect(payout(unpaid.refundNo)).rejects.toMatchObject({ code: "refund_decided" });
    await expect(giveUp(paid.refundNo)).rejects.toMatchObject({ code: "refund_decided" });
    expect(await it.row(paid.refundNo)).toMatchObject({ status: "manual", manualMethod: "bank_transfer" });
  });

  test("a try that was executed and whose answer was lost is found instead", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order);
    await it.sandbox.fault({ call: "refund", kind: "timeout", outTradeNo: refundNo });
    await it.send(refundNo);

    await expect(giveUp(refundNo)).rejects.toMatchObject({ code: "refund_decided" });

    expect(await it.status(refundNo)).toBe("accepted");
  });

  test("nothing is ended while WeChat does not answer, without a reason, or before it has refused", async () => {
    const { refundNo } = await refused();
    await it.sandbox.fault({ call: "refundquery", kind: "system-error", outTradeNo: refundNo });

    await expect(giveUp(refundNo)).rejects.toMatchObject({ code: "wechat_unavailable" });
    await expect(giveUp(refundNo, " ")).rejects.toMatchObject({ code: "reason_required" });
    await expect(giveUp("NOSUCH")).rejects.toMatchObject({ code: "not_found" });
    expect(await it.status(refundNo)).toBe("sending");
    const waiting = await it.approved(await it.aPaidOrder());
    await expect(giveUp(waiting)).rejects.toMatchObject({ code: "refund_not_sending" });
  });

  test("not while a try is under way, whatever the one before said", async () => {
    const { refundNo } = await refused();
    await it.advance(24 * 3_600_000);
    await it.sandbox.fault({ call: "refund", kind: "timeout-before", outTradeNo: refundNo });

    const underWay = it.send(refundNo);
    while (it.tries(refundNo).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const attempt = giveUp(refundNo);
    await expect(attempt).rejects.toMatchObject({ code: "refund_not_sending" });
    await underWay;

    expect(await it.status(refundNo)).toBe("sending");
  });
});
