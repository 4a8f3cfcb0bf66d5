import { sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import type { Shop } from "@/lib/shop";

/** How often an order that somebody looks at may ask WeChat. */
const leastGapMs = 5000;

/** Somebody looks at an unpaid order: have its payments asked about in the background, at most every five seconds. */
export async function queryOrderSoon(shop: Shop, orderNo: string): Promise<void> {
  const now = shop.now();
  const due = await shop.db.execute<{ id: number; order_id: number }>(sql`
    UPDATE payments p SET queried_at = ${now.toISOString()}::timestamptz
      FROM orders o
      WHERE o.order_no = ${orderNo} AND o.id = p.order_id AND o.status IN ('pending', 'closing')
        AND p.status IN ('created', 'open')
        AND coalesce(p.queried_at, p.created_at) < ${new Date(now.getTime() - leastGapMs).toISOString()}::timestamptz
      RETURNING p.id, p.order_id`);
  for (const { id, order_id } of due)
    await addJob(shop.db, {
      task: "ask_now",
      payload: { paymentId: Number(id), orderId: Number(order_id) },
      key: `ask_now:${id}`,
    });
}
