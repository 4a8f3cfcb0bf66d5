import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";

/** What is not settled yet between the shop, WeChat and a member, each as a count. */
export type OpenMatters = {
  /** Unpaid, to ship, or shipped and not yet completed. */
  orders: number;
  /** Asked for, promised or on their way. */
  refunds: number;
  /** Money that came in beyond what was owed, or in doubt, and has not all gone back. */
  money: number;
  /** What WeChat still has to be told, which it wants the buyer's openid for. */
  reports: number;
  /** What WeChat said and we have not understood yet: its body must stay as it came until it is replayed. */
  notifications: number;
};

/**
 * Counts over all of a member's orders, and over money that nobody could tie to an order but that came from one of the
 * member's openids. Each open matter needs the person: a recipient, a payer, somebody to answer.
 */
export async function readOpenMatters(db: Db | Tx, memberId: number): Promise<OpenMatters> {
  const [row] = await db.execute<OpenMatters>(sql`
    WITH own AS MATERIALIZED (SELECT id, status FROM orders WHERE member_id = ${memberId}),
    odd AS (
      SELECT r.id, r.total_fen FROM receipts r WHERE r.verdict <> 'settling' AND (r.order_id IN (SELECT id FROM own)
        OR (r.order_id IS NULL AND r.openid IN (SELECT openid FROM member_identities WHERE member_id = ${memberId})))
    )
    SELECT
      (SELECT count(*) FROM own WHERE status NOT IN ('completed', 'closed'))::int AS orders,
      (SELECT count(*) FROM refunds f WHERE (f.order_id IN (SELECT id FROM own) OR f.receipt_id IN (SELECT id FROM odd))
        AND f.status NOT IN ('succeeded', 'closed', 'rejected', 'withdrawn') AND f.manual_paid_at IS NULL)::int AS refunds,
      (SELECT count(*) FROM odd WHERE total_fen > (SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f
        WHERE f.receipt_id = odd.id AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)))::int AS money,
      (SELECT count(*) FROM delivery_reports d JOIN receipts r ON r.id = d.receipt_id
        WHERE r.order_id IN (SELECT id FROM own) AND d.status IN ('queued', 'refused'))::int AS reports,
      (SELECT count(*) FROM notifications n JOIN payments p USING (out_trade_no) WHERE p.order_id IN (SELECT id FROM own)
        AND (n.verdict = 'failed' OR (n.kind = 'refund' AND n.verdict = 'stored')))::int AS notifications`);
  if (!row) throw new Error("a count over no rows is a row");
  return row;
}

export function isAnythingOpen(open: OpenMatters): boolean {
  return Object.values(open).some((count) => count > 0);
}
