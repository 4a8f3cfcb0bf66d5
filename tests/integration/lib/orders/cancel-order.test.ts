import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { aCaller } from "@/tests/support/a-caller";
import { aPayment, aShop, paymentNotification, post } from "@/tests/support/a-shop";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

async function anOrder(of: { quantity?: number } = {}) {
  const { sku } = await it.aProduct({ onHand: 10 });
  const buyer = aCaller();
  const { body } = await buyer.order({ items: [{ sku, quantity: of.quantity ?? 2 }] });
  const orderNo = String(body.orderNo);
  const [row] = await it.sql`SELECT id FROM orders WHERE order_no = ${orderNo}`;
  return { buyer, orderNo, orderId: Number(row?.id), totalFen: Number(body.totalFen) };
}

const jobs = (orderId: number) =>
  it.sql`SELECT task_identifier AS task FROM graphile_worker.jobs WHERE key = ${`close_order:${orderId}`}`;

test("before any payment: closed at once, stock given back, once however often it is asked", async () => {
  const { buyer, orderNo, orderId } = await anOrder();

  const answers = [await buyer.cancel(orderNo), await buyer.cancel(orderNo)];
  const atOnce = await Promise.all(Array.from({ length: 10 }, () => buyer.cancel(orderNo)));

  for (const { status, body } of [...answers, ...atOnce])
    expect([status, body]).toEqual([200, { orderNo, status: "closed", closedReason: "cancelled" }]);
  expect(await factsOf(it.sql, orderId)).toMatchObject({
    order: { status: "closed", closedReason: "cancelled" },
    allocated: 0,
    moves: [expect.stringMatching(/^order close: pending → closed \(buyer:\d+\)$/)],
  });
});

test("ten cancels at the same moment give the stock back once", async () => {
  const { buyer, orderNo, orderId } = await anOrder();

  const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.cancel(orderNo)));

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await factsOf(it.sql, orderId)).toMatchObject({ order: { status: "closed" }, allocated: 0 });
});

test("once WeChat was told: closing, stock held, a job closes it at WeChat", async () => {
  const { buyer, orderNo, orderId, totalFen } = await anOrder();
  await aPayment(it.shop, { orderId, orderNo, totalFen });

  const answers = [await buyer.cancel(orderNo), await buyer.cancel(orderNo)];

  for (const { status, body } of answers)
    expect([status, body]).toEqual([200, { orderNo, status: "closing", closedReason: "cancelled" }]);
  expect(await factsOf(it.sql, orderId)).toMatchObject({ order: { status: "closing" }, allocated: 2 });
  expect(await jobs(orderId)).toHaveLength(1);
});

test("money that comes while it is closing pays it all the same", async () => {
  const { buyer, orderNo, orderId, totalFen } = await anOrder();
  const outTradeNo = await aPayment(it.shop, { orderId, orderNo, totalFen });
  await buyer.cancel(orderNo);

  await notify(post(paymentNotification(it.shop.environment.wechat, { outTradeNo, totalFen })));

  expect((await buyer.read(orderNo)).body).toMatchObject({
    status: "paid",
    closedReason: null,
    paidFen: totalFen,
  });
  const again = await buyer.cancel(orderNo);
  expect([again.status, again.body.code]).toEqual([409, "not_cancellable"]);
  expect((await factsOf(it.sql, orderId)).allocated).toBe(2);
});

test.each(["paid", "shipped", "completed", "expired"])(
  "an order that is %s cannot be cancelled",
  async (state) => {
    const { buyer, orderNo, orderId } = await anOrder();
    await (state === "expired"
      ? it.sql`UPDATE orders SET status = 'closed', closed_reason = 'expired' WHERE id = ${orderId}`
      : it.sql`UPDATE orders SET status = ${state}, paid_at = now() WHERE id = ${orderId}`);
    const before = await factsOf(it.sql, orderId);

    const { status, body } = await buyer.cancel(orderNo);

    expect([status, body.code]).toEqual([409, "not_cancellable"]);
    expect(await factsOf(it.sql, orderId)).toEqual(before);
  },
);

test("nobody else can cancel it, and a stranger must say who they are", async () => {
  const { orderNo, orderId } = await anOrder();
  const other = await anOrder();

  const [theirs, strangers] = [await other.buyer.cancel(orderNo), await aCaller().cancel(orderNo)];

  expect([theirs.status, theirs.body.code]).toEqual([404, "not_found"]);
  expect([strangers.status, strangers.body.code]).toEqual([401, "unauthenticated"]);
  expect((await factsOf(it.sql, orderId)).order.status).toBe("pending");
});

test("cancel against pay at the same moment: the money pays the order, whoever came first", async () => {
  for (let round = 0; round < 20; round++) {
    const { buyer, orderNo, orderId, totalFen } = await anOrder();
    const outTradeNo = await aPayment(it.shop, { orderId, orderNo, totalFen });

    await Promise.all([
      buyer.cancel(orderNo),
      notify(post(paymentNotification(it.shop.environment.wechat, { outTradeNo, totalFen }))),
    ]);

    const { order, receipts, allocated } = await factsOf(it.sql, orderId);
    expect(order.status).toBe("paid"); // A cancelled order only begins to close: money still pays it.
    expect(receipts).toMatchObject([{ verdict: "settling" }]);
    expect(allocated).toBe(2);
  }
});
