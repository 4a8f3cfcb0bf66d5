import { and, eq, inArray } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { signalDesk } from "@/lib/live/signal-desk";
import { queueClosing } from "@/lib/payments/queue-closing";
import type { Shop } from "@/lib/shop";

/**
 * What follows when an order is paid: open desks hear of it, its other numbers are made unpayable, and virtual goods are
 * delivered when the shop has something stored for them.
 */
export async function announcePaidOrder(shop: Shop, orderId: number): Promise<void> {
  const [order] = await shop.db.select().from(orders).where(eq(orders.id, orderId));
  if (!order) return;
  const others = await shop.db
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), inArray(payments.status, ["created", "open"])));
  for (const other of others) await queueClosing(shop.db, other, shop.now());
  if (order.kind === "virtual")
    await addJob(shop.db, {
      task: "deliver_virtual",
      payload: { orderId },
      key: `deliver_virtual:${orderId}`,
    });
  await signalDesk(shop.sql, { type: "order_paid", orderNo: order.orderNo });
}
