import type { Shop } from "@/lib/shop";

/** Beyond this nobody counts; the desk shows "999+". Bounds every count to one short index range. */
export const countedAtMost = 1000;

export type Work = {
  pending: number;
  toShip: number;
  late: number;
  running: number;
  nextDeadline: Date | null;
  owed: number;
  owedFen: number;
  undecided: number;
  alarms: number;
  badNotifications: number;
};

/** What needs a hand now, each number read from the rows. */
export async function countWork(shop: Shop): Promise<Work> {
  const now = shop.now().toISOString();
  const dayAgo = new Date(shop.now().getTime() - 24 * 60 * 60_000).toISOString();
  const [work] = await shop.sql<(Omit<Work, "nextDeadline"> & { nextDeadline: string | null })[]>`
    SELECT
      (SELECT count(*)::int FROM (SELECT FROM orders WHERE status = 'pending' LIMIT ${countedAtMost}) t) AS pending,
      (SELECT count(*)::int FROM (SELECT FROM orders o WHERE o.status = 'paid'
        AND EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.quantity > l.shipped + l.dropped)
        LIMIT ${countedAtMost}) t) AS "toShip",
      (SELECT count(*)::int FROM (SELECT FROM orders WHERE deliver_by < ${now} AND clock_ended_at IS NULL LIMIT ${countedAtMost}) t) AS late,
      (SELECT count(*)::int FROM (SELECT FROM orders WHERE deliver_by IS NOT NULL AND clock_ended_at IS NULL
        LIMIT ${countedAtMost}) t) AS running,
      (SELECT min(deliver_by) FROM orders WHERE deliver_by >= ${now} AND clock_ended_at IS NULL) AS "nextDeadline",
      owed.count AS owed, owed.fen AS "owedFen",
      (SELECT count(*)::int FROM (SELECT FROM receipts r WHERE r.verdict <> 'settling' AND r.verdict IN ('mismatch', 'unknown')
        AND NOT EXISTS (SELECT FROM refunds f WHERE f.receipt_id = r.id AND f.status NOT IN ('rejected', 'withdrawn', 'closed'))
        LIMIT ${countedAtMost}) t) AS undecided,
      (SELECT count(*)::int FROM (SELECT FROM alarms WHERE status IN ('open', 'acknowledged') LIMIT ${countedAtMost}) t) AS alarms,
      (SELECT count(*)::int FROM (
        SELECT received_at FROM (SELECT received_at FROM notifications WHERE verdict = 'failed' ORDER BY id DESC LIMIT ${countedAtMost}) f
        UNION ALL
        SELECT received_at FROM (SELECT received_at FROM notifications WHERE verdict = 'forged' ORDER BY id DESC LIMIT ${countedAtMost}) f
      ) bad WHERE received_at > ${dayAgo}) AS "badNotifications"
    FROM (SELECT count(*)::int AS count, coalesce(sum(r.total_fen - b.fen), 0)::float8 AS fen FROM receipts r
      CROSS JOIN LATERAL (SELECT coalesce(sum(f.refund_fen), 0) AS fen FROM refunds f
        WHERE f.receipt_id = r.id AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)) b
      WHERE r.verdict <> 'settling' AND r.verdict = 'surplus' AND b.fen < r.total_fen) owed`;
  if (!work) throw new Error("the work was not counted");
  return { ...work, nextDeadline: work.nextDeadline === null ? null : new Date(work.nextDeadline) };
}
