import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { deliveries } from "@/lib/db/schema/deliveries";
import { orders } from "@/lib/db/schema/orders";
import { isSomethingLost } from "@/lib/deliveries/is-lost";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { stopWaitingToComplete } from "./complete-order";

/**
 * A buyer confirms that everything has come: its deliveries are received, the order is completed. Again: the same
 * answer. `not_receivable` before all of it has left, and while something of it is lost; `not_found`.
 */
export async function receiveOrder(
  shop: Shop,
  of: { orderNo: string; memberId: number },
): Promise<{ status: "completed" }> {
  const by = { actor: `buyer:${of.memberId}`, at: shop.now() };
  return shop.db.transaction(async (tx) => {
    const [order] = await tx
      .select()
      .from(orders)
      .where(and(eq(orders.orderNo, of.orderNo), eq(orders.memberId, of.memberId)))
      .for("no key update");
    if (!order) throw new AppError("not_found");
    if (order.status === "completed") return { status: "completed" };
    if (order.status !== "shipped" || (await isSomethingLost(tx, order.id)))
      throw new AppError("not_receivable", { orderStatus: order.status });
    await receiveDeliveries(tx, order.id, by);
    await move(tx, { entity: "order", event: "complete", id: order.id, ...by });
    await stopWaitingToComplete(tx, order.id);
    return { status: "completed" };
  });
}

async function receiveDeliveries(tx: Tx, orderId: number, by: { actor: string; at: Date }): Promise<void> {
  const underway = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.orderId, orderId), eq(deliveries.status, "shipped")))
    .orderBy(asc(deliveries.id))
    .for("no key update");
  const set = sql`received_at = ${by.at.toISOString()}::timestamptz`;
  for (const { id } of underway) await move(tx, { entity: "delivery", event: "receive", id, ...by, set });
}
