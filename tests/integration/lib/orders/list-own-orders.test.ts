import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGuest } from "@/lib/members/open-guest";
import type { Buyer } from "@/lib/members/session";
import { createOrder } from "@/lib/orders/create-order";
import { listOwnOrders } from "@/lib/orders/list-own-orders";
import { aShop } from "@/tests/support/a-shop";

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
