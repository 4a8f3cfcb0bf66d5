import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { liveRefundStatuses, outStatuses, type RefundStatus } from "./state";

const listed = (statuses: readonly RefundStatus[]) =>
  sql.raw(statuses.map((status) => `'${status}'`).join(", "));
const [live, out] = [listed(liveRefundStatuses), listed(outStatuses)];

/**
 * What is left of a receipt, in fen: its amount less its live refunds, one of them left out on demand. True while the
 * caller holds the receipt's lock.
 */
export async function refundableFen(tx: Tx | Db, receiptId: number, { without = 0 } = {}): Promise<number> {
  const [row] = await tx.execute<{ left: string }>(sql`
    SELECT r.total_fen - coalesce((SELECT sum(f.refund_fen) FROM refunds f
      WHERE f.receipt_id = r.id AND f.id <> ${without} AND f.status IN (${live})), 0) AS left FROM receipts r WHERE r.id = ${receiptId}`);
  return Math.max(0, Number(row?.left ?? 0)); // The portal knows nothing of what we only promised.
}

/**
 * What the shop's people and rules have already let go out of a receipt, in fen, one refund left out. A large sum in
 * slices is no small one: the limit of the second person is compared with this and the slice together.
 */
export async function decidedFen(tx: Tx | Db, receiptId: number, { without = 0 } = {}): Promise<number> {
  const [row] = await tx.execute<{ fen: string }>(sql`
    SELECT coalesce(sum(refund_fen), 0) AS fen FROM refunds WHERE receipt_id = ${receiptId} AND id <> ${without}
      AND source <> 'portal' AND status <> 'requested' AND status IN (${live})`);
  return Number(row?.fen ?? 0);
}

/** What of a receipt has gone out or is being paid by a person, in fen, one refund left out: the portal's refunds too. */
export async function outFen(tx: Tx | Db, receiptId: number, { without = 0 } = {}): Promise<number> {
  const [row] = await tx.execute<{ fen: string }>(sql`
    SELECT coalesce(sum(refund_fen), 0) AS fen FROM refunds WHERE receipt_id = ${receiptId} AND id <> ${without}
      AND status IN (${out})`);
  return Number(row?.fen ?? 0);
}
