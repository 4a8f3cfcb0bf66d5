import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { transitions } from "@/lib/db/schema/deeds";
import { orderLines } from "@/lib/db/schema/orders";
import { type RefundSource, refundLines, refundPictures, refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import type { ReceiptRow, RefundRow } from "./lock-refund";
import type { RefundReason } from "./reasons";
import { newOutRefundNo } from "./refund-no";
import { refundableFen } from "./refundable";
import { liveRefundStatuses } from "./state";

/** WeChat's own limits on refunds of one payment. Source: WeChat Pay APIv2 "申请退款". */
export const mostRefunds = 50;
export const refundableForMs = 365 * 86_400_000;

/**
 * Writes a request for money back out of a receipt that the caller has locked: never more than is left of it, never
 * more requests than WeChat takes. Asking for all that is left means all pieces that are left.
 */
export async function insertRefund(
  tx: Tx,
  of: {
    receipt: ReceiptRow;
    source: RefundSource;
    actor: string;
    memberId?: number;
    staffId?: number;
    refundFen: number;
    reason: RefundReason;
    reasonText?: string | null;
    lines?: { sku: string; quantity: number }[];
    pictures?: string[];
    now: Date;
  },
): Promise<RefundRow> {
  const { receipt, now } = of;
  const left = await refundableFen(tx, receipt.id);
  if (of.refundFen > left) throw new AppError("refund_exceeds_payment", { refundableFen: left });
  const earlier = await tx.$count(
    refunds,
    and(eq(refunds.receiptId, receipt.id), sql`${refunds.status} NOT IN ('rejected', 'withdrawn')`),
  );
  if (earlier >= mostRefunds) throw new AppError("too_many_refunds", { limit: mostRefunds });
  const lines =
    receipt.verdict === "settling" && receipt.orderId !== null
      ? await piecesOf(tx, { orderId: receipt.orderId, wanted: of.lines ?? [], whole: of.refundFen === left })
      : [];

  const [refund] = await tx
    .insert(refunds)
    .values({
      receiptId: receipt.id,
      orderId: receipt.orderId,
      outRefundNo: newOutRefundNo(now),
      source: of.source,
      memberId: of.memberId,
      staffId: of.staffId,
      requestedFen: of.refundFen,
      refundFen: of.refundFen,
      reason: of.reason,
      reasonText: of.reasonText,
      createdAt: now,
    })
    .returning();
  if (!refund) throw new Error("a refund was not written");
  if (lines.length)
    await tx.insert(refundLines).values(lines.map((line) => ({ ...line, refundId: refund.id })));
  if (of.pictures?.length)
    await tx
      .insert(refundPictures)
      .values(of.pictures.map((pictureName, position) => ({ refundId: refund.id, pictureName, position })));
  await tx.insert(transitions).values({
    entity: "refund",
    entityId: refund.id,
    orderId: refund.orderId,
    event: "request",
    toStatus: "requested",
    actor: of.actor,
    at: now,
  });
  return refund;
}

/** Which pieces the refund is for, none of them asked for twice. */
async function piecesOf(
  tx: Tx,
  of: { orderId: number; wanted: { sku: string; quantity: number }[]; whole: boolean },
): Promise<{ variantId: number; quantity: number }[]> {
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, of.orderId));
  const promised = await tx
    .select({ variantId: refundLines.variantId, pieces: sql<number>`sum(${refundLines.quantity})::int` })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(and(eq(refunds.orderId, of.orderId), inArray(refunds.status, [...liveRefundStatuses])))
    .groupBy(refundLines.variantId);
  const left = lines.map((line) => ({
    ...line,
    pieces: line.quantity - (promised.find(({ variantId }) => variantId === line.variantId)?.pieces ?? 0),
  }));
  if (!of.wanted.length)
    return of.whole
      ? left
          .filter(({ pieces }) => pieces > 0)
          .map(({ variantId, pieces }) => ({ variantId, quantity: pieces }))
      : [];
  return of.wanted.map(({ sku, quantity }) => {
    const line = left.find((one) => one.sku === sku);
    if (!line || line.pieces < quantity)
      throw new AppError("refund_exceeds_order", { sku, pieces: line?.pieces ?? 0 });
    return { variantId: line.variantId, quantity };
  });
}
