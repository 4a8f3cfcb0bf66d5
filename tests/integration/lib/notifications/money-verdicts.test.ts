import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { settlePayment } from "@/lib/notifications/settle-payment";
import {
  aPayment,
  aShop,
  aTransactionId,
  type PayableOrder,
  paymentNotification,
  post,
} from "@/tests/support/a-shop";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const wechat = () => it.shop.environment.wechat;
const success =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
const notify = async (of: Parameters<typeof paymentNotification>[1]) =>
  (await POST(post(paymentNotification(wechat(), of)))).text();
const facts = (order: PayableOrder) => factsOf(it.sql, order.orderId);

/** What WeChat answers to a query about a number, as `queryPayment` hands it on. */
function query(order: PayableOrder, of: { transactionId: string; totalFen?: number; feeType?: string }) {
  return settlePayment(
    it.shop,
    {
      source: "query",
      signType: wechat().signType,
      appId: wechat().appId,
      mchId: wechat().mchId,
      outTradeNo: order.outTradeNo,
      resultCode: "SUCCESS",
      transactionId: of.transactionId,
      totalFen: of.totalFen ?? order.totalFen,
      feeType: of.feeType ?? null,
      openid: null,
      paidAt: it.clock.now,
    },
    null,
  );
}

async function close(order: PayableOrder, reason: "cancelled" | "expired" | "refunded") {
  await it.sql`UPDATE orders SET status = 'closed', closed_reason = ${reason} WHERE id = ${order.orderId}`;
  await it.sql`UPDATE payments SET status = 'closed' WHERE order_id = ${order.orderId}`;
  await it.sql`UPDATE variants SET allocated = 0 WHERE id IN (SELECT variant_id FROM order_lines WHERE order_id = ${order.orderId})`;
}

describe("paid", () => {
  test("a virtual order is paid, its follow-up queued, its deadline 24 hours after WeChat's time", async () => {
    const order = await it.payableOrder({ kind: "virtual" });
    const transactionId = aTransactionId();
    const paidAt = new Date("2026-05-01T00:00:01Z");

    const answer = await notify({ ...order, transactionId, paidAt });

    expect(answer).toBe(success);
    expect(await facts(order)).toEqual({
      order: { status: "paid", closedReason: null, paidAt, deliverBy: new Date("2026-05-02T00:00:01Z") },
      payments: [{ status: "paid", transactionId, superseded: false }],
      receipts: [
        {
          verdict: "settling",
          reason: "paid",
          totalFen: order.totalFen,
          feeType: "CNY",
          source: "notification",
          transactionId,
        },
      ],
      notifications: [{ verdict: "paid", answer: "SUCCESS", copies: 0 }],
      alarms: [],
      queued: ["order_paid"],
      moves: [
        "payment pay: open → paid (wechat:notification)",
        "order pay: pending → paid (wechat:notification)",
      ],
      allocated: 1,
    });
  });

  test("a payment whose unifiedorder answer has not come back yet is settled all the same", async () => {
    const order = await it.payableOrder();
    await it.sql`UPDATE payments SET status = 'created' WHERE order_id = ${order.orderId}`;

    const answer = await notify(order);

    expect(answer).toBe(success);
    expect((await facts(order)).moves[0]).toBe("payment pay: created → paid (wechat:notification)");
  });

  test("an order that has begun closing is paid, and why it was closing is forgotten", async () => {
    const order = await it.payableOrder();
    await it.sql`UPDATE orders SET status = 'closing', closed_reason = 'cancelled' WHERE id = ${order.orderId}`;

    const answer = await notify(order);

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid", closedReason: null },
      allocated: 1,
      queued: ["order_paid"],
    });
  });

  test("money on a number that was closed still pays an order that is pending", async () => {
    const order = await it.payableOrder();
    await it.sql`UPDATE payments SET status = 'closed', superseded_at = now() WHERE order_id = ${order.orderId}`;

    await notify(order);

    expect((await facts(order)).moves).toEqual([
      "payment pay: closed → paid (wechat:notification)",
      "order pay: pending → paid (wechat:notification)",
    ]);
  });

  test("a query alone pays the order, and leaves no notification behind", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();

    const settlement = await query(order, { transactionId });

    expect(settlement).toMatchObject({ verdict: "paid", answer: "SUCCESS", queued: true });
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", source: "query", transactionId }],
      notifications: [],
      queued: ["order_paid"],
      moves: ["payment pay: open → paid (wechat:query)", "order pay: pending → paid (wechat:query)"],
    });
  });

  test("a payment made at the mini program is judged by the mini program's appid", async () => {
    const order = await it.payableOrder();
    const miniAppId = wechat().mini?.appId ?? "";
    await it.sql`UPDATE payments SET appid = ${miniAppId} WHERE order_id = ${order.orderId}`;

    const asOfficial = await notify(order);
    const asMini = await notify({ ...order, fields: { appid: miniAppId } });

    expect(asOfficial).toContain("FAIL");
    expect(asMini).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      notifications: [{ verdict: "not_ours" }, { verdict: "paid" }],
    });
  });

  test("without time_end the money is no less real: the moment of its arrival counts", async () => {
    const order = await it.payableOrder();

    const answer = await notify({ ...order, fields: { time_end: "" } });

    expect(answer).toBe(success);
    expect((await facts(order)).order.paidAt).toEqual(it.clock.now);
  });

  test("a message without fee_type means CNY", async () => {
    const order = await it.payableOrder();

    expect(await notify({ ...order, fields: { fee_type: "" } })).toBe(success);
  });

  test("coupons make cash_fee smaller: only total_fee is compared", async () => {
    const order = await it.payableOrder({ totalFen: 8800 });

    const answer = await notify({
      ...order,
      fields: { cash_fee: "8500", coupon_fee: "300", settlement_total_fee: "8600" },
    });

    expect(answer).toBe(success);
  });

  test("ids of 28 digits stay text to the last digit", async () => {
    const order = await it.payableOrder();
    const transactionId = "4200000000202604019007199253";

    await notify({ ...order, transactionId });

    const [payment] = (await facts(order)).payments;
    expect(payment?.transactionId).toBe(transactionId);
  });
});

describe("repeated", () => {
  test("copies are counted, whatever their nonce, and change nothing", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId });
    const before = await facts(order);

    const answers = [
      await notify({ ...order, transactionId }),
      await notify({ ...order, transactionId, fields: { nonce_str: "another" } }),
    ];

    expect(answers).toEqual([success, success]);
    expect(await facts(order)).toEqual({
      ...before,
      notifications: [{ verdict: "paid", answer: "SUCCESS", copies: 2 }],
    });
  });

  test("fifty copies at once pay once", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();

    const answers = await Promise.all(Array.from({ length: 50 }, () => notify({ ...order, transactionId })));

    expect(new Set(answers)).toEqual(new Set([success]));
    expect(await facts(order)).toMatchObject({
      receipts: [{ verdict: "settling" }],
      notifications: [{ verdict: "paid", copies: 49 }],
      queued: ["order_paid"],
    });
    expect((await facts(order)).moves).toHaveLength(2);
  });

  test("a notification after a query that knew the money is stored as repeated and answered SUCCESS", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await query(order, { transactionId });

    const answer = await notify({ ...order, transactionId });

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      receipts: [{ verdict: "settling", source: "query" }],
      notifications: [{ verdict: "repeated", answer: "SUCCESS" }],
      queued: ["order_paid"],
    });
  });

  test("a query after the notification changes nothing", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId });
    const before = await facts(order);

    const settlement = await query(order, { transactionId });

    expect(settlement).toMatchObject({ verdict: "repeated", queued: false });
    expect(await facts(order)).toEqual(before);
  });

  test("notification and query at the same moment make one receipt and one follow-up", async () => {
    for (let round = 0; round < 20; round++) {
      const order = await it.payableOrder();
      const transactionId = aTransactionId();

      await Promise.all([notify({ ...order, transactionId }), query(order, { transactionId })]);

      const after = await facts(order);
      expect(after.receipts).toHaveLength(1);
      expect(after.queued).toEqual(["order_paid"]);
      expect(after.moves).toHaveLength(2);
    }
  });
});

describe("surplus", () => {
  test("money on a second number of a paid order is kept as surplus and answered SUCCESS", async () => {
    const order = await it.payableOrder();
    const second = { ...order, outTradeNo: await aPayment(it.shop, order) };
    await notify(order);

    const answer = await notify(second);

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      payments: [{ status: "paid" }, { status: "paid" }],
      receipts: [{ verdict: "settling" }, { verdict: "surplus", reason: "surplus" }],
      queued: ["order_paid", "surplus_received"],
      alarms: [],
    });
  });

  test("two numbers of one order paid at the same moment: one settles, the other is surplus", async () => {
    for (let round = 0; round < 20; round++) {
      const order = await it.payableOrder();
      const second = { ...order, outTradeNo: await aPayment(it.shop, order) };

      const answers = await Promise.all([notify(order), notify(second)]);

      expect(answers).toEqual([success, success]);
      expect((await facts(order)).receipts.map((receipt) => receipt.verdict).sort()).toEqual([
        "settling",
        "surplus",
      ]);
    }
  });

  test("a second transaction for one number is a receipt of its own, answered FAIL, with an alarm", async () => {
    const order = await it.payableOrder();
    const [first, second] = [aTransactionId(), aTransactionId()];
    await notify({ ...order, transactionId: first });
    const before = await facts(order);

    const answers = [
      await notify({ ...order, transactionId: second }),
      await notify({ ...order, transactionId: second }),
    ];

    expect(answers[0]).toContain("FAIL");
    expect(answers[1]).toBe(answers[0]);
    expect(await facts(order)).toEqual({
      ...before,
      receipts: [
        before.receipts[0],
        {
          verdict: "surplus",
          reason: "second_transaction",
          totalFen: order.totalFen,
          feeType: "CNY",
          source: "notification",
          transactionId: second,
        },
      ],
      notifications: [before.notifications[0], { verdict: "second_transaction", answer: "FAIL", copies: 1 }],
      alarms: [{ kind: "second_transaction", status: "open", count: 1 }],
      queued: ["order_paid", "surplus_received"],
    });
  });

  test("two transactions for one number at the same moment: exactly one pays", async () => {
    for (let round = 0; round < 20; round++) {
      const order = await it.payableOrder();

      const answers = await Promise.all([notify(order), notify(order)]);

      expect(answers.filter((answer) => answer === success)).toHaveLength(1);
      const after = await facts(order);
      expect(after.receipts.map((receipt) => receipt.verdict).sort()).toEqual(["settling", "surplus"]);
      expect(after.moves).toHaveLength(2);
    }
  });
});

describe("late", () => {
  test.each(["cancelled", "refunded"] as const)("money for a %s order never revives it", async (reason) => {
    const order = await it.payableOrder();
    await close(order, reason);

    const answer = await notify(order);

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "closed", closedReason: reason },
      payments: [{ status: "paid" }],
      receipts: [{ verdict: "surplus", reason: "late" }],
      notifications: [{ verdict: "late", answer: "SUCCESS" }],
      queued: ["surplus_received"],
      moves: ["payment pay: closed → paid (wechat:notification)"],
      allocated: 0,
    });
  });

  test("money for an expired order whose goods are gone is surplus", async () => {
    const order = await it.payableOrder({ onHand: 1 });
    await close(order, "expired");
    await it.sql`UPDATE variants SET on_hand = 0 WHERE id IN (SELECT variant_id FROM order_lines WHERE order_id = ${order.orderId})`;

    const answer = await notify(order);

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "closed", closedReason: "expired" },
      receipts: [{ verdict: "surplus", reason: "late" }],
      queued: ["surplus_received"],
      allocated: 0,
    });
  });

  test("money for an expired order revives it when its stock can be had again", async () => {
    const order = await it.payableOrder({ onHand: 1 });
    await close(order, "expired");

    const answer = await notify(order);

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid", closedReason: null },
      receipts: [{ verdict: "settling", reason: "revived" }],
      notifications: [{ verdict: "revived", answer: "SUCCESS" }],
      queued: ["order_paid"],
      moves: [
        "payment pay: closed → paid (wechat:notification)",
        "order revive: closed → paid (wechat:notification)",
      ],
      allocated: 1,
    });
  });

  test("two expired orders for the last piece: one is revived, the other's money is surplus", async () => {
    for (let round = 0; round < 10; round++) {
      const { sku } = await it.aProduct({ onHand: 2 });
      const [first, second] = [await it.payableOrder({ sku }), await it.payableOrder({ sku })];
      for (const order of [first, second]) await close(order, "expired");
      await it.sql`UPDATE variants SET on_hand = 1 WHERE sku = ${sku}`;

      await Promise.all([notify(first), notify(second)]);

      const verdicts = [...(await facts(first)).receipts, ...(await facts(second)).receipts];
      expect(verdicts.map((receipt) => receipt.verdict).sort()).toEqual(["settling", "surplus"]);
      expect((await facts(first)).allocated).toBe(1);
    }
  });
});
