import { and, eq, sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { move } from "@/lib/db/move";
import { orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { releaseStock } from "./release-stock";

/**
 * A buyer cancels an unpaid order. Once WeChat was told of a payment, the order only starts closing: its stock stays
 * held until WeChat has closed every payment, and money that arrives before that still pays it. Again: the same answer.
 */
export async function cancelOrder(
  shop: Shop,
  of: { orderNo: string; memberId: number },
): Promise<{ status: "closing" | "closed" }> {
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    const [order] = await tx
      .select()
      .from(orders)
      .where(and(eq(orders.orderNo, of.orderNo), eq(orders.memberId, of.memberId)))
      .for("no key update");
    if (!order) throw new AppError("not_found");
    if ((order.status === "closing" || order.status === "closed") && order.closedReason === "cancelled")
      return { status: order.status };
    if (order.status !== "pending") throw new AppError("not_cancellable", { orderStatus: order.status });

    const sent = await tx.$count(payments, eq(payments.orderId, order.id));
    const by = {
      entity: "order",
      id: order.id,
      actor: `buyer:${of.memberId}`,
      at: now,
      set: sql`closed_reason = 'cancelled'`,
    } as const;
    if (sent === 0) {
      await move(tx, { ...by, event: "close" });
      await releaseStock(tx, order.id);
      return { status: "closed" };
    }
    await move(tx, { ...by, event: "startClosing" });
    await addJob(tx, {
      task: "close_order",
      payload: { orderId: order.id },
      key: `close_order:${order.id}`,
      runAt: now,
    });
    return { status: "closing" };
  });
}
