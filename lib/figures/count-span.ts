import type { Sql } from "postgres";

/** What happened in a span of time, each number counted from the rows. */
export type Figures = {
  /** Orders made, whatever became of them. */
  orders: number;
  /** Of these, what waits for its payment no more: paid, cancelled or expired. */
  decided: number;
  /** Of these, what has been paid; never more than `decided`. */
  converted: number;
  /** Orders whose money was received in the span, whenever they were made. */
  paid: number;
  paidFen: number;
  /** Refunds of such money that were with the buyer again in the span, by WeChat or by hand. */
  refunds: number;
  refundedFen: number;
  /** Orders of goods that are sent whose last piece left in the span. */
  shipped: number;
  /** The median of these from payment to the last piece, in seconds; null without any. */
  shipSeconds: number | null;
};

/** Counts a span, `from` inside and `to` outside of it: four ranges of indexes, no longer than the span is busy. */
export async function countSpan(sql: Sql, { from, to }: { from: Date; to: Date }): Promise<Figures> {
  const [start, end] = [from.toISOString(), to.toISOString()];
  const [figures] = await sql<Figures[]>`
    SELECT * FROM (
      SELECT count(*)::int AS orders,
        count(*) FILTER (WHERE status NOT IN ('pending', 'closing'))::int AS decided,
        count(*) FILTER (WHERE status NOT IN ('pending', 'closing') AND paid_at IS NOT NULL)::int AS converted
      FROM orders WHERE created_at >= ${start} AND created_at < ${end}) made,
    (SELECT count(*)::int AS paid, coalesce(sum(total_fen), 0)::float8 AS "paidFen"
      FROM receipts WHERE verdict = 'settling' AND paid_at >= ${start} AND paid_at < ${end}) received,
    (SELECT count(*)::int AS refunds, coalesce(sum(f.refund_fen), 0)::float8 AS "refundedFen"
      FROM refunds f JOIN receipts r ON r.id = f.receipt_id AND r.verdict = 'settling'
      WHERE (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)
        AND coalesce(f.manual_paid_at, f.settled_at) >= ${start} AND coalesce(f.manual_paid_at, f.settled_at) < ${end}) gone,
    (SELECT count(*)::int AS shipped,
        round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY shipped_at - paid_at)))::int AS "shipSeconds"
      FROM orders WHERE kind = 'physical' AND shipped_at >= ${start} AND shipped_at < ${end}) sent`;
  if (!figures) throw new Error("the span was not counted");
  return figures;
}
