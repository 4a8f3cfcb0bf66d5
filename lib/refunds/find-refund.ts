import { asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { refundLines, refundPictures, refunds } from "@/lib/db/schema/refunds";
import { staff } from "@/lib/db/schema/staff";
import { maskOpenid } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";
import { noHistory, readHistory } from "./read-history";
import { decidedFen } from "./refundable";
import { liveRefundStatuses, outStatuses, type RefundStatus } from "./state";

export type FoundRefund = NonNullable<Awaited<ReturnType<typeof findRefund>>>;

/** One refund with its receipt, goods, pictures and people, openids masked; null when there is none of this number. */
export async function findRefund({ db }: Shop, refundNo: string) {
  if (refundNo.includes("\0")) return null; // PostgreSQL refuses to look for it.
  const [asker, first, decider, payer] = ["asker", "first", "decider", "payer"].map((name) =>
    alias(staff, name),
  );
  if (!asker || !first || !decider || !payer) return null;
  const [row] = await db
    .select({
      refund: refunds,
      receipt: receipts,
      order: {
        orderNo: orders.orderNo,
        kind: orders.kind,
        status: orders.status,
        closedReason: orders.closedReason,
        memberId: orders.memberId,
      },
      asker: asker.name,
      firstApprover: first.name,
      decider: decider.name,
      paidByHandBy: payer.name,
    })
    .from(refunds)
    .innerJoin(receipts, eq(receipts.id, refunds.receiptId))
    .leftJoin(orders, eq(orders.id, refunds.orderId))
    .leftJoin(asker, eq(asker.id, refunds.staffId))
    .leftJoin(first, eq(first.id, refunds.firstApprovedBy))
    .leftJoin(decider, eq(decider.id, refunds.decidedBy))
    .leftJoin(payer, eq(payer.id, refunds.manualBy))
    .where(eq(refunds.outRefundNo, refundNo));
  if (!row) return null;

  const { refund, receipt, ...rest } = row;
  const [siblings, lines, pictures, history] = await Promise.all([
    db
      .select(shownOfSibling)
      .from(refunds)
      .where(eq(refunds.receiptId, receipt.id))
      .orderBy(asc(refunds.id))
      .limit(100),
    refund.orderId === null ? [] : readLines(db, { id: refund.id, orderId: refund.orderId }),
    db
      .select({ name: refundPictures.pictureName })
      .from(refundPictures)
      .where(eq(refundPictures.refundId, refund.id))
      .orderBy(asc(refundPictures.position)),
    readHistory(db, [refund.id]),
  ]);
  const sumOf = (statuses: readonly RefundStatus[]) =>
    siblings
      .filter(({ status }) => statuses.includes(status))
      .reduce((sum, { refundFen }) => sum + refundFen, 0);
  const { id, transactionId, outTradeNo, totalFen, feeType, verdict, openid, paidAt } = receipt;
  return {
    ...rest,
    refund: { ...refund, request: undefined },
    receipt: {
      id,
      transactionId,
      outTradeNo,
      totalFen,
      feeType,
      verdict,
      paidAt,
      payer: openid && maskOpenid(openid),
    },
    /** What this receipt still has for further refunds. */
    leftFen: Math.max(0, totalFen - sumOf(liveRefundStatuses)),
    /** More has gone out of this receipt, or is to be paid by a person, than was received: the portal paid back too. */
    isTooMuch: sumOf(outStatuses) > totalFen,
    togetherFen: refund.refundFen + (await decidedFen(db, receipt.id, { without: refund.id })),
    others: siblings.filter((sibling) => sibling.id !== refund.id),
    lines,
    pictures: pictures.map(({ name }) => name),
    history: history.get(refund.id) ?? noHistory,
  };
}

const shownOfSibling = {
  id: refunds.id,
  outRefundNo: refunds.outRefundNo,
  status: refunds.status,
  refundFen: refunds.refundFen,
  manualPaidAt: refunds.manualPaidAt,
  errorCode: refunds.errorCode,
  refusal: refunds.refusal,
  nextTryAt: refunds.nextTryAt,
  createdAt: refunds.createdAt,
};

/** Every line of the order: what was ordered, has left, was dropped, and is asked back by this refund. */
function readLines(db: Shop["db"], of: { id: number; orderId: number }) {
  return db
    .select({
      sku: orderLines.sku,
      title: orderLines.title,
      ordered: orderLines.quantity,
      shipped: orderLines.shipped,
      dropped: orderLines.dropped,
      priceFen: orderLines.priceFen,
      asked: sql<number | null>`${refundLines.quantity}`,
      restock: sql<boolean | null>`${refundLines.restock}`,
    })
    .from(orderLines)
    .leftJoin(
      refundLines,
      sql`${refundLines.refundId} = ${of.id} AND ${refundLines.variantId} = ${orderLines.variantId}`,
    )
    .where(eq(orderLines.orderId, of.orderId))
    .orderBy(asc(orderLines.variantId));
}
