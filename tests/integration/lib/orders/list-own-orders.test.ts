import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGuest } from "@/lib/members/open-guest";
import type { Buyer } from "@/lib/members/session";
import { countOwnOrders } from "@/lib/orders/count-own-orders";
import { createOrder } from "@/lib/orders/create-order";
import { listOwnOrders } from "@/lib/orders/list-own-orders";
import { aRefundableOrder, askedBy, moneyArrives } from "@/tests/support/a-refundable-order";
import { aPayment, aShop } from "@/tests/support/a-shop";
import { anOrderToShip, aPacker, shippedWhole } from "@/tests/support/an-order-to-ship";

let a: Awaited<ReturnType<typeof aShop>>;
let buyer: Buyer;
beforeAll(async () => {
  a = await aShop();
  ({ buyer } = await openGuest(a.shop, randomUUID()));
  await a.sql`INSERT INTO settings (key, value) VALUES ('maxUnpaidOrders', '100')`;
  const { sku } = await a.aProduct();
  for (let n = 0; n < 23; n++) {
    a.clock.now = new Date(a.clock.now.getTime() + 1000); // Order numbers sort by the second.
    const request = { items: [{ sku, quantity: 1 + n }] };
    await createOrder(a.shop, { buyer, request, idempotencyKey: null });
  }
  await createOrder(a.shop, {
    buyer: null,
    request: { items: [{ sku, quantity: 1 }] },
    idempotencyKey: null,
  });
});
afterAll(() => a.close());

test("a member sees all of their own orders page by page, newest first, and nobody else's", async () => {
  const first = await listOwnOrders(a.shop, { memberId: buyer.memberId, before: null });
  const second = await listOwnOrders(a.shop, { memberId: buyer.memberId, before: first.nextBefore });

  expect(first.items).toHaveLength(20);
  expect(second.items).toHaveLength(3);
  expect(second.nextBefore).toBeNull();
  const quantities = [...first.items, ...second.items].map((order) => order.lines[0]?.quantity);
  expect(quantities).toEqual(Array.from({ length: 23 }, (_, n) => 23 - n));
});

test("behind somebody else's number there is nothing, as behind one that nobody has", async () => {
  const [newest] = await a.sql`SELECT order_no FROM orders ORDER BY id DESC LIMIT 1`; // The other buyer's.

  for (const before of [String(newest?.order_no), "26010100000012345678"])
    expect(await listOwnOrders(a.shop, { memberId: buyer.memberId, before })).toEqual({
      items: [],
      nextBefore: null,
    });
});

test("an order says whether its money is on its way back, partly back or all back", async () => {
  const { sku } = await a.aProduct({ priceFen: 1000 });
  const order = await aRefundableOrder(a.shop, { items: [{ sku, quantity: 2 }] });
  const told = async () => (await listOwnOrders(a.shop, { ...order, before: null })).items[0]?.refund;
  const settle = (refundNo: string) => a.sql`UPDATE refunds SET status = 'succeeded', settled_at = now()
    WHERE out_refund_no = ${refundNo}`;

  expect(await told()).toBeNull();
  const refused = await askedBy(a.shop, order, { refundFen: 100 });
  expect(await told()).toBe("underway");
  await a.sql`UPDATE refunds SET status = 'rejected' WHERE out_refund_no = ${refused}`;
  expect(await told()).toBeNull();
  await settle(await askedBy(a.shop, order, { refundFen: 500 }));
  expect(await told()).toBe("part");

  const last = await askedBy(a.shop, order, { refundFen: 1500 });
  expect(await told()).toBe("underway");
  await a.sql`UPDATE refunds SET status = 'manual' WHERE out_refund_no = ${last}`;
  expect(await told()).toBe("underway"); // Somebody has yet to pay it by hand.
  await a.sql`UPDATE refunds SET manual_method = 'cash', manual_paid_at = now() WHERE out_refund_no = ${last}`;
  expect(await told()).toBe("whole");
});

test("money that was paid twice and goes back is told apart from a refund of the order", async () => {
  const { sku } = await a.aProduct({ priceFen: 1000 });
  const order = await aRefundableOrder(a.shop, { items: [{ sku, quantity: 1 }] });
  const second = await aPayment(a.shop, order);
  const transactionId = await moneyArrives(a.shop, { outTradeNo: second, totalFen: 1000 });
  const [receipt] = await a.sql`SELECT id::int FROM receipts WHERE transaction_id = ${transactionId}`;
  await a.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, requested_fen, refund_fen, reason)
    VALUES (${receipt?.id}, ${order.orderId}, ${`R${order.orderNo}`}, 'shop', 1000, 1000, 'surplus')`;

  const listed = async () => (await listOwnOrders(a.shop, { ...order, before: null })).items[0];
  expect(await listed()).toMatchObject({ orderNo: order.orderNo, refund: "surplus" });
  await a.sql`UPDATE refunds SET status = 'succeeded', settled_at = now() WHERE order_id = ${order.orderId}`;
  expect((await listed())?.refund).toBe("returned");
});

test("each tab lists what its number counts, over its pages, and nothing of anybody else", async () => {
  const { sku } = await a.aProduct({ priceFen: 1000 });
  const paid = await aRefundableOrder(a.shop, { items: [{ sku, quantity: 1 }], memberId: buyer.memberId });
  const sent = await aRefundableOrder(a.shop, { items: [{ sku, quantity: 1 }], memberId: buyer.memberId });
  const asked = await aRefundableOrder(a.shop, { items: [{ sku, quantity: 2 }], memberId: buyer.memberId });
  await aRefundableOrder(a.shop, { items: [{ sku, quantity: 1 }] }); // Somebody else's.
  await a.sql`UPDATE orders SET status = 'shipped' WHERE id = ${sent.orderId}`;
  await a.sql`UPDATE orders SET status = 'completed' WHERE id = ${asked.orderId}`;
  await askedBy(a.shop, asked, { refundFen: 100 });
  const listed = async (show: "pay" | "ship" | "receive" | "refund", before: string | null = null) =>
    listOwnOrders(a.shop, { memberId: buyer.memberId, before, show });
  const numbers = async (...of: Parameters<typeof listed>) =>
    (await listed(...of)).items.map((order) => order.orderNo);

  expect(await countOwnOrders(a.shop, buyer.memberId)).toEqual({ pay: 23, ship: 1, receive: 1, refund: 1 });
  const first = await listed("pay");
  expect(first.items).toHaveLength(20);
  expect(await numbers("pay", first.nextBefore)).toHaveLength(3);
  expect(await numbers("ship")).toEqual([paid.orderNo]);
  expect(await numbers("receive")).toEqual([sent.orderNo]);
  expect(await numbers("refund")).toEqual([asked.orderNo]);

  await a.sql`UPDATE refunds SET status = 'succeeded', settled_at = now() WHERE order_id = ${asked.orderId}`;
  expect(await numbers("refund")).toEqual([asked.orderNo]); // What became of it is looked for there.
  expect((await countOwnOrders(a.shop, buyer.memberId)).refund).toBe(0);
  await a.sql`UPDATE refunds SET status = 'withdrawn' WHERE order_id = ${asked.orderId}`;
  expect(await numbers("refund")).toEqual([]);
});

test("a parcel that was lost is not asked to be confirmed", async () => {
  const order = await anOrderToShip(a, { quantities: [1] });
  const deliveryId = await shippedWhole(a, order, await aPacker(a));
  const isReceivable = async () =>
    (await listOwnOrders(a.shop, { ...order, before: null })).items[0]?.isReceivable;

  expect(await isReceivable()).toBe(true);
  await a.sql`UPDATE deliveries SET status = 'failed', failed_at = now(), fail_reason = '退回' WHERE id = ${deliveryId}`;

  expect(await isReceivable()).toBe(false);
});
