import { asc, eq } from "drizzle-orm";
import { refunds } from "@/lib/db/schema/refunds";
import type { Shop } from "@/lib/shop";

export type RefundOfOrder = Awaited<ReturnType<typeof listRefundsOfOrder>>[number];

/** The refunds of one order, of whatever receipt, oldest first. */
export function listRefundsOfOrder({ db }: Shop, orderId: number) {
  return db
    .select({
      id: refunds.id,
      receiptId: refunds.receiptId,
      outRefundNo: refunds.outRefundNo,
      source: refunds.source,
      status: refunds.status,
      requestedFen: refunds.requestedFen,
      refundFen: refunds.refundFen,
      reason: refunds.reason,
      createdAt: refunds.createdAt,
      settledAt: refunds.settledAt,
      recvAccount: refunds.recvAccount,
      manualPaidAt: refunds.manualPaidAt,
      refusal: refunds.refusal,
      nextTryAt: refunds.nextTryAt,
      returnSentAt: refunds.returnSentAt,
    })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.id))
    .limit(200);
}
