import { and, eq, inArray } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { orders, payments } from "@/lib/db/schema";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import { closeNotBeforeMs } from "@/lib/wechat/close-order";

/** What follows when an order is paid: open desks hear of it, and its other numbers are made unpayable. */
export async function announcePaidOrder(shop: Shop, orderId: number): Promise<void> {
  const [order] = await shop.db.select().from(orders).where(eq(orders.id, orderId));
  if (!order) return;
  const others = await shop.db
    .select({ id: payments.id, createdAt: payments.createdAt })
    .from(payments)
    .where(and(eq(payments.orderId, orderId), inArray(payments.status, ["created", "open"])));
  for (const { id, createdAt } of others)
    await addJob(shop.db, {
      task: "close_payment",
      payload: { orderId, paymentId: id },
      runAt: new Date(Math.max(shop.now().getTime(), createdAt.getTime() + closeNotBeforeMs)),
      key: `close_payment:${id}`,
    });
  await signalDesk(shop.sql, { type: "order_paid", orderNo: order.orderNo });
}
