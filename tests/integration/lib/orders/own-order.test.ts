import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCart } from "@/lib/cart/read-cart";
import { openGuest } from "@/lib/members/open-guest";
import { buyAgain } from "@/lib/orders/buy-again";
import { findOrder } from "@/lib/orders/find-order";
import { releaseStock } from "@/lib/orders/release-stock";
import { aRefundableOrder, moneyArrives } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";
import { anOrderToShip, aPacker, refusalOf, shippedWhole } from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const dayMs = 86_400_000;

test("an order says that late money revived it, and not of any other that was paid", async () => {
  const late = await it.payableOrder();
  await it.shop.db.transaction((tx) => releaseStock(tx, late.orderId));
  await it.sql`UPDATE payments SET status = 'closed' WHERE order_id = ${late.orderId}`;
  await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'expired' WHERE id = ${late.orderId}`;
  const inTime = await it.payableOrder();

  for (const order of [late, inTime]) await moneyArrives(it.shop, order);

  expect(await findOrder(it.shop, late)).toMatchObject({ status: "paid", isRevived: true });
  expect(await findOrder(it.shop, inTime)).toMatchObject({ status: "paid", isRevived: false });
});

test("it says when it completes by itself, until something holds that up", async () => {
  const order = await anOrderToShip(it, { quantities: [1] });
  const completesAt = async () => (await findOrder(it.shop, order))?.completesAt;
  expect(await completesAt()).toBeNull();
  const deliveryId = await shippedWhole(it, order, await aPacker(it));

  const [sent] = await it.sql`SELECT shipped_at FROM orders WHERE id = ${order.orderId}`;
  expect(await completesAt()).toBe(new Date(new Date(sent?.shipped_at).getTime() + 10 * dayMs).toISOString());

  await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, requested_fen, refund_fen, reason, status)
    VALUES (${order.receiptId}, ${order.orderId}, ${`R${order.orderNo}`}, 'staff', 100, 100, 'goodwill', 'approved')`;
  expect(await completesAt()).toBeNull();
  await it.sql`DELETE FROM refunds WHERE order_id = ${order.orderId}`;
  await it.sql`UPDATE deliveries SET status = 'failed', fail_reason = '退回' WHERE id = ${deliveryId}`;
  expect(await completesAt()).toBeNull();
});

test("it names what the same cart became, as far as it is the same buyer's", async () => {
  const { sku } = await it.aProduct();
  const one = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }] });
  const two = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }], memberId: one.memberId });
  const alone = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }], memberId: one.memberId });
  const foreign = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }] });
  const cart = randomUUID();
  await it.sql`UPDATE orders SET placed_with = ${cart} WHERE id = ANY(${[one.orderId, two.orderId, foreign.orderId]})`;

  expect((await findOrder(it.shop, one))?.together).toEqual([
    { orderNo: two.orderNo, kind: "virtual", status: "paid", totalFen: two.totalFen },
  ]);
  expect((await findOrder(it.shop, alone))?.together).toEqual([]);
});

test("buying again fills the cart with what can be had, tells the rest, and does so once however often it is sent", async () => {
  const [plenty, few, soldOut, withdrawn] = await Promise.all([
    it.aProduct(),
    it.aProduct({ onHand: 3 }),
    it.aProduct({ onHand: 1 }),
    it.aProduct(),
  ]);
  const items = [plenty, few, soldOut, withdrawn].map(({ sku }, n) => ({ sku, quantity: n < 2 ? 2 : 1 }));
  const order = await aRefundableOrder(it.shop, { items });
  await it.sql`UPDATE variants SET on_sale = false WHERE id = ${withdrawn.variantId}`;
  const press = { orderNo: order.orderNo, memberId: order.memberId, addKey: randomUUID() };

  const [first, ...others] = await Promise.all([1, 2, 3].map(() => buyAgain(it.shop, press)));
  const again = await buyAgain(it.shop, press);

  const outcomes = [first, ...others, again];
  expect(outcomes.map((outcome) => outcome?.missing.map(({ why }) => why))).toEqual(
    Array.from({ length: 4 }, () => ["gone", "gone"]),
  );
  expect(outcomes.flatMap((outcome) => outcome?.fewer.map(({ pieces }) => pieces))).toEqual([1]);
  const cart = await readCart(it.shop, order.memberId);
  expect(new Map(cart.map(({ sku, quantity }) => [sku, quantity]))).toEqual(
    new Map([
      [plenty.sku, 2],
      [few.sku, 1],
    ]),
  );

  const { buyer } = await openGuest(it.shop, randomUUID());
  expect(await refusalOf(buyAgain(it.shop, { ...press, memberId: buyer.memberId }))).toBe("not_found");
});

test("buying again counts as put into the cart only what this press put there", async () => {
  const { sku } = await it.aProduct({ onHand: 4 });
  const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }] });
  const { orderNo, memberId } = order;
  await buyAgain(it.shop, { orderNo, memberId, addKey: randomUUID() });

  expect(await buyAgain(it.shop, { orderNo, memberId, addKey: randomUUID() })).toMatchObject({
    added: 0,
    fewer: [{ pieces: 0 }],
  });
});
