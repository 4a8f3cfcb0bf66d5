import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { giveUpRefund } from "@/lib/refunds/give-up-refund";
import { queryRefund } from "@/lib/refunds/query-refund";
import { recordPayout } from "@/lib/refunds/record-payout";
import type { RefundFacts } from "@/lib/refunds/settle-refund";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

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

      await it.say(order, refundNo, { status });

      expect(await it.status(refundNo)).toBe(becomes);
      expect(await it.alarms(refundNo)).toContain(alarm);
      if (status === "PROCESSING") expect(await it.nextRunInMs(refundNo, "query_refund")).toBe(60_000);
      if (status === "PROCESSING") await it.say(order, refundNo, { status: "SUCCESS" });
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

    const processing = await it.say(order, refundNo, { status: "PROCESSING" });
    const during = await it.status(refundNo);
    await it.say(order, refundNo, { status: "SUCCESS" });

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

    const answer = await it.say(order, refundNo, given);

    expect(answer).toMatchObject({ verdict: "mismatch", answer: "FAIL", reason });
    expect([await it.row(refundNo), await it.moves(refundNo)]).toEqual(before);
    expect(await it.alarms(refundNo)).toEqual(["refund_mismatch"]);
  });

  test("the number of another payment's refund: FAIL for both, nothing moves", async () => {
    const [order, other] = [await it.aPaidOrder(), await it.aPaidOrder()];
    const refundNo = await it.accepted(order, 500);

    const answer = await it.say(other, refundNo);

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

      const answer = await it.say(order, refundNo, { refundId: `5039${refundNo.slice(1)}` });

      expect(answer).toMatchObject({ verdict: "mismatch", reason: "WeChat was never asked for this refund" });
      expect(await it.status(refundNo)).toBe(status);
    },
  );

  test("a notification with a wrong amount is refused, and WeChat is asked what is true", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order, 500);

    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", notifyRefundFen: 5000 });
    const refused = [
      await it.status(refundNo),
      await it.sql`SELECT verdict, answer FROM notifications WHERE kind = 'refund' AND out_trade_no = ${order.outTradeNo}`,
    ];
    const [queued] =
      await it.sql`SELECT task, payload FROM outbox WHERE task = 'find_refunds' ORDER BY id DESC LIMIT 1`;
    await queryRefund(it.shop, await it.idOf(refundNo));

    expect(refused).toEqual(["accepted", [{ verdict: "mismatch", answer: "FAIL" }]]);
    expect(queued?.payload).toEqual({ orderId: order.orderId, receiptId: order.receiptId });
    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["succeeded", []]);
  });
});
