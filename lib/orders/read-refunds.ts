import { and, asc, eq, inArray } from "drizzle-orm";
import { orderLines } from "@/lib/db/schema/orders";
import type { receipts } from "@/lib/db/schema/receipts";
import { refundLines, refundPictures, refunds } from "@/lib/db/schema/refunds";
import { liveRefundStatuses, type RefundStatus } from "@/lib/refunds/state";
import type { Shop } from "@/lib/shop";

/** A refund as the buyer of its order may see it. */
export type RefundView = {
  refundNo: string;
  requestedFen: number;
  refundFen: number;
  status: RefundStatus;
  reason: string;
  reasonText: string | null;
  /** What the shop wrote with its decision. */
  note: string | null;
  createdAt: string;
  decidedAt: string | null;
  settledAt: string | null;
  /** Where the money went, in WeChat's words. */
  recvAccount: string | null;
  /** Paid back by hand: how. */
  manualMethod: string | null;
  lines: { sku: string; title: string; quantity: number }[];
  pictures: string[];
  returnCarrier: string | null;
  returnTrackingNo: string | null;
  /** The shop's own doing: money beyond what was owed. */
  automatic: boolean;
  /** The buyer asked, and nobody has decided yet. */
  withdrawable: boolean;
};

/** An order's refunds, oldest first, and what they leave of its receipts. */
export async function readRefunds(shop: Shop, orderId: number) {
  const rows = await readRows(shop, orderId);
  const live: readonly RefundStatus[] = liveRefundStatuses;
  const sumOf = (receiptId: number | undefined, counts: (row: RefundRow) => boolean) =>
    rows.reduce((sum, row) => sum + (row.receiptId === receiptId && counts(row) ? row.refundFen : 0), 0);
  return {
    views: rows.map(present),
    paidBackFen: (receiptId: number | undefined) =>
      sumOf(receiptId, ({ status, manualPaidAt }) => status === "succeeded" || manualPaidAt !== null),
    /** As `isRefundUnderway` says of its order. */
    isUnderway: (receiptId: number | undefined) => sumOf(receiptId, isUnderway) > 0,
    leftFen: (receipt: typeof receipts.$inferSelect) =>
      Math.max(0, receipt.totalFen - sumOf(receipt.id, ({ status }) => live.includes(status))),
  };
}

type RefundRow = Awaited<ReturnType<typeof readRows>>[number];

const letGo: readonly RefundStatus[] = ["approved", "awaiting_return", "sending", "accepted", "abnormal"];

function isUnderway({ status, manualPaidAt }: RefundRow): boolean {
  return letGo.includes(status) || (status === "manual" && manualPaidAt === null);
}

async function readRows(shop: Shop, orderId: number) {
  const rows = await shop.db
    .select()
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.id));
  if (!rows.length) return [];
  const ids = rows.map(({ id }) => id);
  const [lines, pictures] = await Promise.all([
    shop.db
      .select({
        refundId: refundLines.refundId,
        sku: orderLines.sku,
        title: orderLines.title,
        quantity: refundLines.quantity,
      })
      .from(refundLines)
      .innerJoin(
        orderLines,
        and(eq(orderLines.variantId, refundLines.variantId), eq(orderLines.orderId, orderId)),
      )
      .where(inArray(refundLines.refundId, ids))
      .orderBy(asc(refundLines.variantId)),
    shop.db
      .select()
      .from(refundPictures)
      .where(inArray(refundPictures.refundId, ids))
      .orderBy(asc(refundPictures.position)),
  ]);
  return rows.map((row) => ({
    ...row,
    lines: lines.filter(({ refundId }) => refundId === row.id),
    pictures: pictures.filter(({ refundId }) => refundId === row.id).map(({ pictureName }) => pictureName),
  }));
}

function present(row: RefundRow): RefundView {
  return {
    refundNo: row.outRefundNo,
    requestedFen: row.requestedFen,
    refundFen: row.refundFen,
    status: row.status,
    reason: row.reason,
    reasonText: row.source === "staff" ? null : row.reasonText, // Staff wrote theirs for each other.
    note: row.status === "requested" ? null : row.decisionNote, // A first approval is no decision yet.
    createdAt: row.createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    settledAt: (row.settledAt ?? row.manualPaidAt)?.toISOString() ?? null,
    recvAccount: row.recvAccount,
    manualMethod: row.manualMethod,
    lines: row.lines.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
    pictures: row.pictures,
    returnCarrier: row.returnCarrier,
    returnTrackingNo: row.returnTrackingNo,
    automatic: row.source === "shop",
    withdrawable: row.source === "buyer" && row.status === "requested",
  };
}
