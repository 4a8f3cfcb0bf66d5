import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { outbox } from "@/lib/db/schema/jobs";
import { orders } from "@/lib/db/schema/orders";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";

/** Writes, with the change, that an order's deliveries are not what they were. */
export async function announceDelivery(tx: Tx, of: { orderId: number; now: Date }): Promise<void> {
  await announceDeliveries(tx, { orderIds: [of.orderId], now: of.now });
}

export async function announceDeliveries(tx: Tx, of: { orderIds: number[]; now: Date }): Promise<void> {
  await tx
    .insert(outbox)
    .values(
      of.orderIds.map((orderId) => ({ task: "delivery_changed", payload: { orderId }, createdAt: of.now })),
    );
}

/** What follows each change of a delivery: open desks read again. */
export async function followDelivery(shop: Shop, orderId: number): Promise<void> {
  const [order] = await shop.db
    .select({ orderNo: orders.orderNo })
    .from(orders)
    .where(eq(orders.id, orderId));
  if (order) await signalDesk(shop.sql, { type: "delivery", orderNo: order.orderNo });
}
