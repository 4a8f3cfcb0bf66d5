import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";

const patienceMs = 150_000; // A killed worker's jobs are given free after a quarter of a minute.

/** Waits until everything that follows from the money has been turned into jobs and these have run. */
export async function followUpsDone(sql: Sql): Promise<void> {
  for (const end = Date.now() + patienceMs; ; await sleep(50)) {
    const [left] = await sql<{ count: number }[]>`
      SELECT ((SELECT count(*) FROM outbox) + (SELECT count(*) FROM graphile_worker.jobs
               WHERE task_identifier IN ('order_paid', 'surplus_received', 'ask_now')))::int AS count`;
    if (left?.count === 0) return;
    if (Date.now() > end) throw new Error(`${left?.count} follow-ups are still waiting`);
  }
}

type Counts = { orderNo: string; status: string } & Record<
  "settling" | "receipts" | "paidPayments" | "paidMoves" | "followUps" | "unfinishedRuns",
  number
>;

/**
 * What money has left behind for each order: exactly one settling receipt and no other, one paid payment, one move
 * to paid, and one follow-up that ran to its end. Answers the orders for which that is not so.
 */
export async function notPaidExactlyOnce(sql: Sql, orderNos: string[]): Promise<Counts[]> {
  const rows = await sql<Counts[]>`
    SELECT o.order_no AS "orderNo", o.status,
      (SELECT count(*)::int FROM receipts r WHERE r.order_id = o.id AND r.verdict = 'settling') AS settling,
      (SELECT count(*)::int FROM receipts r WHERE r.order_id = o.id) AS receipts,
      (SELECT count(*)::int FROM payments p WHERE p.order_id = o.id AND p.status = 'paid') AS "paidPayments",
      (SELECT count(*)::int FROM transitions t WHERE t.order_id = o.id AND t.entity = 'order' AND t.to_status = 'paid')
        AS "paidMoves",
      (SELECT count(DISTINCT j.job_id)::int FROM job_runs j WHERE j.order_id = o.id AND j.task = 'order_paid'
        AND j.ended_at IS NOT NULL AND j.error IS NULL) AS "followUps",
      (SELECT count(*)::int FROM job_runs j WHERE j.order_id = o.id AND j.task = 'order_paid'
        AND (j.ended_at IS NULL OR j.error IS NOT NULL)) AS "unfinishedRuns"
      FROM unnest(${orderNos}::text[]) wanted LEFT JOIN orders o ON o.order_no = wanted`;
  return rows.filter(
    (row) =>
      row.status !== "paid" ||
      [row.settling, row.receipts, row.paidPayments, row.paidMoves, row.followUps].some((n) => n !== 1),
  );
}
