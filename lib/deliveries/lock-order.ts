import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { deliveries } from "@/lib/db/schema/deliveries";
import { orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";

export type OrderRow = typeof orders.$inferSelect;
export type DeliveryRow = typeof deliveries.$inferSelect;

/** Locks an order: whoever ships, refunds or reports waits here, and nobody deadlocks. */
export async function lockOrder(tx: Tx, by: { orderNo: string } | { orderId: number }): Promise<OrderRow> {
  const mine = "orderNo" in by ? eq(orders.orderNo, by.orderNo) : eq(orders.id, by.orderId);
  const [order] = await tx.select().from(orders).where(mine).for("no key update");
  if (!order) throw new AppError("not_found");
  return order;
}

/** Locks a delivery after its order. */
export async function lockDelivery(
  tx: Tx,
  deliveryId: number,
): Promise<{ order: OrderRow; delivery: DeliveryRow }> {
  const mine = eq(deliveries.id, deliveryId);
  const [named] = await tx.select({ orderId: deliveries.orderId }).from(deliveries).where(mine);
  if (!named) throw new AppError("not_found");
  const order = await lockOrder(tx, named);
  const [delivery] = await tx.select().from(deliveries).where(mine).for("no key update");
  if (!delivery) throw new AppError("not_found");
  return { order, delivery };
}
