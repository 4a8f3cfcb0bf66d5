import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { outbox } from "@/lib/db/schema/jobs";
import { orders } from "@/lib/db/schema/orders";
import { refunds } from "@/lib/db/schema/refunds";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import type { RefundRow } from "./lock-refund";

/** Writes, with the move, that others have something to do about it: a message to the buyer, a report, a desk to refresh. */
export async function announceRefund(
  tx: Tx,
  refund: Pick<RefundRow, "id" | "orderId">,
  now: Date,
): Promise<void> {
  await tx.insert(outbox).values({
    task: "refund_changed",
    payload: { orderId: refund.orderId, refundId: refund.id },
    createdAt: now,
  });
}

/** What follows each move of a refund: open desks read again. */
export async function followAnnouncement(shop: Shop, refundId: number): Promise<void> {
  const [refund] = await shop.db
    .select({ refundNo: refunds.outRefundNo, orderNo: orders.orderNo })
    .from(refunds)
    .leftJoin(orders, eq(orders.id, refunds.orderId))
    .where(eq(refunds.id, refundId));
  if (refund)
    await signalDesk(shop.sql, { type: "refund", orderNo: refund.orderNo, refundNo: refund.refundNo });
}
