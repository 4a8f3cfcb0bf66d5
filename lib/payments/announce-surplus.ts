import { eq } from "drizzle-orm";
import { orders } from "@/lib/db/schema";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";

/** Money that nobody may keep has come in: open desks show it under Money. */
export async function announceSurplus(shop: Shop, orderId: number): Promise<void> {
  const [order] = await shop.db
    .select({ orderNo: orders.orderNo })
    .from(orders)
    .where(eq(orders.id, orderId));
  if (order) await signalDesk(shop.sql, { type: "surplus_received", orderNo: order.orderNo });
}
