import { eq, sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { orders } from "@/lib/db/schema/orders";
import { isSomethingLost } from "@/lib/deliveries/is-lost";
import { isRefundUnderway } from "@/lib/refunds/is-underway";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";

const dayMs = 86_400_000;

/**
 * Completes an order whose buyer has said nothing for so many days (a setting, as it is now) since the last of it left.
 * Queued by `conclude_delivery`. While something of it is lost or its money on the way back, it looks again a day later.
 */
export async function completeOrder(shop: Shop, orderId: number): Promise<void> {
  const now = shop.now();
  const { completeAfterDays } = await readSettings(shop.db);
  await shop.db.transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for("no key update");
    if (order?.status !== "shipped") return;
    const dueAt = new Date((await leftAt(tx, orderId)).getTime() + completeAfterDays * dayMs);
    if (dueAt > now) return lookAgain(tx, orderId, dueAt);
    if ((await isSomethingLost(tx, orderId)) || (await isRefundUnderway(tx, orderId)))
      return lookAgain(tx, orderId, new Date(now.getTime() + dayMs));
    await move(tx, { entity: "order", event: "complete", id: orderId, actor: "job:complete_order", at: now });
  });
}

/** When the last piece left, or it was decided that no more will. */
async function leftAt(tx: Tx, orderId: number): Promise<Date> {
  const [row] = await tx.execute<{ at: string }>(sql`
    SELECT greatest(
      (SELECT max(t.at) FROM transitions t WHERE t.order_id = ${orderId} AND t.entity = 'order' AND t.event = 'ship'),
      (SELECT max(d.shipped_at) FROM deliveries d WHERE d.order_id = ${orderId} AND d.status <> 'voided')) AS at`);
  if (!row?.at) throw new Error(`order ${orderId} is shipped, but nothing says when`);
  return new Date(row.at);
}

async function lookAgain(tx: Tx, orderId: number, runAt: Date): Promise<void> {
  await addJob(tx, { task: "complete_order", payload: { orderId }, key: keyOf(orderId), runAt });
}

/** It is completed already: nothing waits for it any more. */
export async function stopWaitingToComplete(tx: Tx, orderId: number): Promise<void> {
  await tx.execute(sql`SELECT graphile_worker.remove_job(${keyOf(orderId)})`);
}

function keyOf(orderId: number): string {
  return `complete_order:${orderId}`;
}
