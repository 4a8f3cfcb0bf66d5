import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settlePayment } from "@/lib/notifications/settle-payment";
import { closeOrder } from "@/lib/orders/close-order";
import { giveBackReceipt } from "@/lib/receipts/give-back-receipt";
import { tieReceipt } from "@/lib/receipts/tie-receipt";
import { refundSurplus } from "@/lib/refunds/refund-surplus";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, moneyArrives } from "@/tests/support/a-refundable-order";
import { aShop, type PayableOrder } from "@/tests/support/a-shop";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
  by = {
    staffId: (await addStaff(it.shop, { email: "t@shop.test", role: "owner" }, null)).id,
    address: "192.0.2.7",
  };
});
afterAll(() => it.close());

async function receiptOf(transactionId: string) {
  const [row] =
    await it.sql`SELECT id::int, verdict, reason, order_id::int AS "orderId", payment_id::int AS "paymentId"
    FROM receipts WHERE transaction_id = ${transactionId}`;
  return row as {
    id: number;
    verdict: string;
    reason: string;
    orderId: number | null;
    paymentId: number | null;
  };
}
/** Money of which nobody knows what for. */
async function unknownMoney(totalFen = 8800) {
  const transactionId = await moneyArrives(it.shop, {
    outTradeNo: `NOSUCH${Date.now()}${Math.random()}`.slice(0, 30),
    totalFen,
  });
  return { transactionId, ...(await receiptOf(transactionId)) };
}
/** An order's own money, but one fen short. */
async function shortMoney(order: PayableOrder) {
  const transactionId = await moneyArrives(it.shop, {
    outTradeNo: order.outTradeNo,
    totalFen: order.totalFen - 1,
  });
  return { transactionId, ...(await receiptOf(transactionId)) };
}
const tie = (receiptId: number, orderNo: string, note: string | null = null) =>
  tieReceipt(it.shop, { receiptId, orderNo, by, note });
const putOrder = (order: PayableOrder, status: string, reason: string | null) =>
  it.sql`UPDATE orders SET status = ${status}, closed_reason = ${reason} WHERE id = ${order.orderId}`;
const openAlarms = async (transactionId: string) =>
  (
    await it.sql`SELECT kind FROM alarms WHERE status <> 'resolved' AND dedupe_key LIKE ${`%${transactionId}`}`
  ).map(({ kind }) => kind);

describe("what a person's word does to an order", () => {
  test.each([
    ["pending", null],
    ["closing", "expired"],
    ["closing", "cancelled"],
  ])("%s (%s): it is paid, by the person", async (status, reason) => {
    const order = await it.payableOrder();
    await putOrder(order, status, reason);
    const money = await unknownMoney(order.totalFen - 300);

    expect(await tie(money.id, order.orderNo, "客户来电")).toEqual({ verdict: "paid" });

    const facts = await factsOf(it.sql, order.orderId);
    expect(facts.order).toMatchObject({ status: "paid", closedReason: null });
    expect(facts.moves).toEqual([`order pay: ${status} → paid (staff:${by.staffId})`]);
    expect(facts.receipts).toMatchObject([{ verdict: "settling", totalFen: order.totalFen - 300 }]);
    expect(facts.queued).toEqual(["order_paid"]);
    expect(facts.allocated).toBe(1);
    expect(await openAlarms(money.transactionId)).toEqual([]);
    const [entry] =
      await it.sql`SELECT action, staff_id::int AS "staffId", before, after FROM audit_entries WHERE subject = 'receipt' AND subject_id = ${String(money.id)}`;
    expect(entry).toMatchObject({
      action: "receipt.tie",
      staffId: by.staffId,
      before: { verdict: "unknown" },
      after: { orderNo: order.orderNo, verdict: "paid", note: "客户来电" },
    });
  });

  test("its own money, one fen short: its payment is paid with it", async () => {
    const order = await it.payableOrder();
    const money = await shortMoney(order);

    await tie(money.id, order.orderNo);

    const facts = await factsOf(it.sql, order.orderId);
    expect(facts.payments).toMatchObject([{ status: "paid", transactionId: money.transactionId }]);
    expect(facts.order.status).toBe("paid");
    expect(await openAlarms(money.transactionId)).toEqual([]);
  });

  test("expired, and its goods are still there: it is revived with its stock", async () => {
    const order = await it.payableOrder({ onHand: 1 });
    await putOrder(order, "closed", "expired");
    await it.sql`UPDATE variants v SET allocated = 0 FROM order_lines l WHERE l.variant_id = v.id AND l.order_id = ${order.orderId}`;
    const money = await unknownMoney();

    expect(await tie(money.id, order.orderNo)).toEqual({ verdict: "revived" });

    expect(await factsOf(it.sql, order.orderId)).toMatchObject({ order: { status: "paid" }, allocated: 1 });
  });

  test.each([
    ["expired, its goods gone", "closed", "expired", "late"],
    ["cancelled", "closed", "cancelled", "late"],
    ["refunded", "closed", "refunded", "late"],
    ["paid", "paid", null, "surplus"],
    ["shipped", "shipped", null, "surplus"],
    ["completed", "completed", null, "surplus"],
  ])("%s: the money is surplus and goes back by itself", async (_, status, reason, verdict) => {
    const order = await it.payableOrder({ onHand: 1 }); // Its own piece is still held: there is no other.
    await it.sql`UPDATE orders SET status = ${status}, closed_reason = ${reason}, paid_at = now() WHERE id = ${order.orderId}`;
    const money = await unknownMoney();

    expect(await tie(money.id, order.orderNo)).toEqual({ verdict });
    await refundSurplus(it.shop, money.id);

    expect((await factsOf(it.sql, order.orderId)).order.status).toBe(status);
    expect(
      await it.sql`SELECT status, refund_fen::int AS fen, source FROM refunds WHERE receipt_id = ${money.id}`,
    ).toEqual([{ status: "approved", fen: 8800, source: "shop" }]);
  });

  test("another order than its payment's own is paid, and the payment's own order ends", async () => {
    const [own, other] = [await it.payableOrder(), await it.payableOrder()];
    const money = await shortMoney(own);
    await tie(money.id, other.orderNo);
    await it.sql`UPDATE orders SET expires_at = created_at WHERE id = ${own.orderId}`;
    await it.sql`UPDATE payments SET created_at = created_at - interval '1 hour' WHERE order_id = ${own.orderId}`;

    expect((await factsOf(it.sql, other.orderId)).order.status).toBe("paid");
    expect(await receiptOf(money.transactionId)).toMatchObject({ orderId: other.orderId, paymentId: null });
    expect((await factsOf(it.sql, own.orderId)).payments).toMatchObject([
      { status: "open", transactionId: null },
    ]);
    await closeOrder(it.shop, own.orderId); // WeChat is away in this test: it only begins.
    expect((await factsOf(it.sql, own.orderId)).order.status).toBe("closing");
  });
});

describe("decided once", () => {
  test("tied twice, or given back and tied: the second hears that it is decided", async () => {
    const [order, other] = [await it.payableOrder(), await it.payableOrder()];
    const [first, second] = [await unknownMoney(), await unknownMoney()];
    await tie(first.id, order.orderNo);
    await giveBackReceipt(it.shop, { receiptId: second.id, by, note: null });

    for (const again of [
      () => tie(first.id, other.orderNo),
      () => giveBackReceipt(it.shop, { receiptId: first.id, by, note: null }),
      () => tie(second.id, other.orderNo),
      () => giveBackReceipt(it.shop, { receiptId: second.id, by, note: null }),
    ])
      await expect(again()).rejects.toMatchObject({ code: "receipt_decided" });
    expect((await factsOf(it.sql, other.orderId)).order.status).toBe("pending");
  });

  test("two people with two orders at the same moment, fifty times: one of them", async () => {
    for (let n = 0; n < 50; n++) {
      const orders = [await it.payableOrder(), await it.payableOrder()];
      const money = await unknownMoney();

      const outcomes = await Promise.allSettled([
        ...orders.map(({ orderNo }) => tie(money.id, orderNo)),
        giveBackReceipt(it.shop, { receiptId: money.id, by, note: null }),
      ]);

      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const one of outcomes)
        if (one.status === "rejected") expect(["receipt_decided", "busy"]).toContain(one.reason.code);
    }
  }, 60_000);

  test("a person against WeChat's correction, fifty times: the money pays one order, once", async () => {
    for (let n = 0; n < 50; n++) {
      const [own, other] = [await it.payableOrder(), await it.payableOrder()];
      const money = await shortMoney(own);
      const { appId, mchId, signType } = it.shop.environment.wechat;
      const told = { source: "query" as const, signType, appId, mchId, resultCode: "SUCCESS" as const };
      const { outTradeNo, totalFen } = own;
      const paid = { feeType: "CNY", openid: null, paidAt: it.clock.now, transactionId: money.transactionId };

      await Promise.allSettled([
        tie(money.id, (n % 2 ? own : other).orderNo),
        settlePayment(it.shop, { ...told, outTradeNo, totalFen, ...paid }, null),
      ]);

      const statuses = [own, other].map(async ({ orderId }) => (await factsOf(it.sql, orderId)).order.status);
      expect((await Promise.all(statuses)).filter((status) => status === "paid")).toHaveLength(1);
      expect((await receiptOf(money.transactionId)).verdict).toBe("settling");
    }
  }, 60_000);

  test("given back, turned down by the second person, then tied to a paid order: it goes back by itself", async () => {
    await it.sql`INSERT INTO settings (key, value) VALUES ('refundSecondPersonFromFen', '100')`;
    const { sku } = await it.aProduct({ priceFen: 500 });
    const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }] });
    const money = await unknownMoney();
    const { refundNo, status } = await giveBackReceipt(it.shop, {
      receiptId: money.id,
      by,
      note: "不知来源",
    });
    await it.sql`DELETE FROM settings`;
    await rejectRefund(it.shop, { refundNo, by, note: "查到订单了" });

    await tie(money.id, order.orderNo);
    await refundSurplus(it.shop, money.id);

    expect(status).toBe("requested");
    expect(
      await it.sql`SELECT status, source, order_id::int AS "orderId" FROM refunds WHERE receipt_id = ${money.id} ORDER BY id`,
    ).toEqual([
      { status: "rejected", source: "staff", orderId: order.orderId },
      { status: "approved", source: "shop", orderId: order.orderId },
    ]);
  });
});

test("an order that is not there, or a text that no row can hold: a clear answer, nothing changed", async () => {
  const money = await unknownMoney();
  const order = await it.payableOrder();

  await expect(tie(money.id, "NOSUCH")).rejects.toMatchObject({ code: "order_unknown" });
  await expect(tie(money.id, "a\0b")).rejects.toMatchObject({ code: "order_unknown" });
  await expect(tie(money.id, order.orderNo, "a\0b")).rejects.toMatchObject({ code: "malformed" });
  await expect(tie(0, order.orderNo)).rejects.toMatchObject({ code: "not_found" });
  const given = giveBackReceipt(it.shop, { receiptId: money.id, by, note: "x".repeat(501) });
  await expect(given).rejects.toMatchObject({ code: "malformed" });
  expect(await receiptOf(money.transactionId)).toMatchObject({ verdict: "unknown", orderId: null });
});
