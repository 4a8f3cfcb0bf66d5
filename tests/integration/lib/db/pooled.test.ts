import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { pumpWholeOutbox } from "@/lib/outbox/pump";
import { openShop, type Shop } from "@/lib/shop";
import { aCaller } from "@/tests/support/a-caller";
import { aPayment, aShop, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let pooled: Shop;
beforeAll(async () => {
  it = await aShop();
  pooled = openShop({ ...it.shop.environment, pooled: true }, { poolSize: 2, now: it.shop.now });
  (globalThis as { zhangguiShop?: Shop }).zhangguiShop = pooled;
});
afterAll(async () => {
  await pooled.close();
  await it.close();
});

test("through a transaction pooler, which knows no prepared statements, an order is taken and paid", async () => {
  const { sku } = await it.aProduct({ kind: "virtual" });
  const buyer = aCaller();
  const { body } = await buyer.order({ items: [{ sku, quantity: 1 }] }, { "idempotency-key": "k" });
  const orderNo = String(body.orderNo);
  const [row] = await it.sql`SELECT id FROM orders WHERE order_no = ${orderNo}`;
  const totalFen = Number(body.totalFen);
  const outTradeNo = await aPayment(it.shop, { orderId: Number(row?.id), orderNo, totalFen });

  const answer = await notify(post(paymentNotification(pooled.environment.wechat, { outTradeNo, totalFen })));
  await notify(post("<xml><sign>1</sign></xml>"));
  await pumpWholeOutbox(pooled.sql);

  expect(await answer.text()).toContain("SUCCESS");
  expect((await buyer.read(orderNo)).body.status).toBe("paid");
  expect(await pooled.sql`SELECT name FROM pg_prepared_statements`).toEqual([]);
});
