import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { aShop, aTransactionId, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const notify = async (body: string) => (await POST(post(body))).text();
const wechat = () => it.shop.environment.wechat;

test("a true notification pays the order and sets its deadline from WeChat's own time", async () => {
  const order = await it.payableOrder({ kind: "physical", totalFen: 8800 });
  const paidAt = new Date("2026-04-01T02:01:30Z");

  const answer = await notify(paymentNotification(wechat(), { ...order, paidAt }));

  expect(answer).toBe(
    "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>",
  );
  const [row] =
    await it.sql`SELECT status, paid_at::text, extract(epoch FROM deliver_by - paid_at)::int AS seconds FROM orders WHERE id = ${order.orderId}`;
  expect(row).toMatchObject({ status: "paid", seconds: 72 * 3600 });
  expect(new Date(row?.paid_at)).toEqual(paidAt);
});

test("the same notification again is answered alike, counted, and changes nothing", async () => {
  const order = await it.payableOrder();
  const transactionId = aTransactionId();
  const first = await notify(paymentNotification(wechat(), { ...order, transactionId }));

  const second = await notify(paymentNotification(wechat(), { ...order, transactionId }));

  expect(second).toBe(first);
  const [facts] =
    await it.sql`SELECT (SELECT count(*)::int FROM receipts WHERE order_id = ${order.orderId}) AS receipts,
    (SELECT count(*)::int FROM outbox WHERE (payload->>'orderId')::int = ${order.orderId}) AS follow_ups,
    (SELECT copies FROM notifications WHERE order_id = ${order.orderId}) AS copies`;
  expect(facts).toEqual({ receipts: 1, follow_ups: 1, copies: 1 });
});

test("a payment one fen short leaves the order pending and keeps the money as a mismatch", async () => {
  const order = await it.payableOrder();

  const answer = await notify(paymentNotification(wechat(), { ...order, totalFen: order.totalFen - 1 }));

  expect(answer).toContain("FAIL");
  const [facts] =
    await it.sql`SELECT o.status, r.verdict, r.total_fen::int FROM orders o JOIN receipts r ON r.order_id = o.id WHERE o.id = ${order.orderId}`;
  expect(facts).toEqual({ status: "pending", verdict: "mismatch", total_fen: order.totalFen - 1 });
});
