import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { concludeDelivery } from "@/lib/deliveries/conclude-delivery";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { completeOrder } from "@/lib/orders/complete-order";
import { receiveOrder } from "@/lib/orders/receive-order";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { settingDefinitions } from "@/lib/settings/definitions";
import { askedBy } from "@/tests/support/a-refundable-order";
import { aVirtualShop } from "@/tests/support/a-virtual-shop";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aVirtualShop>>;
beforeAll(async () => {
  it = await aVirtualShop();
});
afterAll(() => it.close());

const dayMs = 86_400_000;
const days = settingDefinitions.completeAfterDays.initial;
const daysGoBy = (of: { days: number }) => {
  it.clock.now = new Date(it.clock.now.getTime() + of.days * dayMs);
};
const set = (key: string, value: unknown) =>
  it.sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::text::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/** Delivered by the rule a moment ago. */
async function aShippedOrder(pieces = 1) {
  const { sku } = await it.aProduct();
  await it.set(sku, "text", "给您的");
  const order = await it.paid({ sku, quantity: pieces });
  await it.settle();
  return { ...order, sku };
}
const statusOf = async (order: { orderNo: string; memberId: number }) => (await it.seenBy(order)).status;
const nextLook = async (orderId: number) => {
  const [job] =
    await it.sql`SELECT run_at FROM graphile_worker.jobs WHERE key = ${`complete_order:${orderId}`}`;
  return job ? (new Date(job.run_at).getTime() - it.clock.now.getTime()) / dayMs : null;
};
const fail = (orderId: number) =>
  it.sql`UPDATE deliveries SET status = 'failed', fail_reason = 'lost', failed_at = now() WHERE order_id = ${orderId}`;

describe("an order whose buyer says nothing", () => {
  test("is completed by itself when its days are over, and its parcels stay what they are", async () => {
    const order = await aShippedOrder();
    expect(await nextLook(order.orderId)).toBe(days);

    daysGoBy({ days: days - 0.001 });
    await completeOrder(it.shop, order.orderId);
    expect(await statusOf(order)).toBe("shipped");
    daysGoBy({ days: 0.001 });
    await it.settle();

    const view = await it.seenBy(order);
    expect(view).toMatchObject({ status: "completed", deliveries: [{ status: "shipped" }] });
    expect(await nextLook(order.orderId)).toBeNull();
    expect((await factsOf(it.sql, order.orderId)).moves.at(-1)).toBe(
      "order complete: shipped → completed (job:complete_order)",
    );
  });

  test("follows the setting as it is when its time comes", async () => {
    const longer = await aShippedOrder();
    await set("completeAfterDays", days + 5);
    const order = await aShippedOrder();
    expect(await nextLook(order.orderId)).toBe(days + 5);

    daysGoBy({ days });
    await completeOrder(it.shop, longer.orderId);
    expect(await statusOf(longer)).toBe("shipped");
    expect(Math.round(Number(await nextLook(longer.orderId)))).toBe(5);

    await set("completeAfterDays", 2);
    await completeOrder(it.shop, longer.orderId);
    expect(await statusOf(longer)).toBe("completed");
    await it.sql`DELETE FROM settings`;
  });

  test("waits while a parcel is lost, a day at a time, and no longer once its money is back", async () => {
    const order = await aShippedOrder();
    await fail(order.orderId);
    daysGoBy({ days });
    await completeOrder(it.shop, order.orderId);
    expect(await statusOf(order)).toBe("shipped");
    expect(await nextLook(order.orderId)).toBe(1);

    const refundNo = await askedBy(it.shop, order, {
      refundFen: order.totalFen - 1,
      lines: [{ sku: order.sku, quantity: 1 }],
    });
    await it.sql`UPDATE refunds SET status = 'succeeded', settled_at = now() WHERE out_refund_no = ${refundNo}`;
    await completeOrder(it.shop, order.orderId);

    expect(await statusOf(order)).toBe("completed");
  });

  test("waits while its money is on the way back, not while somebody has only asked for it", async () => {
    const [asked, approved] = [await aShippedOrder(), await aShippedOrder()];
    await askedBy(it.shop, asked, { refundFen: 1 });
    const refundNo = await askedBy(it.shop, approved, { refundFen: 1 });
    await approveRefund(it.shop, { refundNo, by: it.by });
    daysGoBy({ days });

    for (const { orderId } of [asked, approved]) await completeOrder(it.shop, orderId);

    expect([await statusOf(asked), await statusOf(approved)]).toEqual(["completed", "shipped"]);
    expect(await nextLook(approved.orderId)).toBe(1);
  });

  test("is not waited for any more when what made it shipped was undone", async () => {
    const { sku } = await it.aProduct();
    const order = await it.paid(sku);
    const parcel = { kind: "virtual", lines: "rest" } as const;
    await shipOrder(it.shop, { orderNo: order.orderNo, parcel, by: it.by });
    expect(await nextLook(order.orderId)).toBe(days);

    await it.shop.db.transaction(async (tx) => {
      await tx.execute(`UPDATE orders SET status = 'paid', shipped_at = NULL WHERE id = ${order.orderId}`);
      await tx.execute(`UPDATE order_lines SET shipped = 0 WHERE order_id = ${order.orderId}`);
      const by = { orderId: order.orderId, actor: "test", now: it.clock.now, undoSeconds: 0 };
      await concludeDelivery(tx, by);
    });

    expect(await nextLook(order.orderId)).toBeNull();
  });

  test("two jobs and its buyer at the same moment complete it once", async () => {
    const order = await aShippedOrder();
    daysGoBy({ days });

    await Promise.all([
      completeOrder(it.shop, order.orderId),
      receiveOrder(it.shop, order),
      completeOrder(it.shop, order.orderId),
    ]);

    const { moves } = await factsOf(it.sql, order.orderId);
    expect(moves.filter((move) => move.startsWith("order complete"))).toHaveLength(1);
  });
});
