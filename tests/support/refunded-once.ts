import type { Sql } from "postgres";
import type { SandboxProcess } from "./sandbox";

export type RefundHistory = {
  status: string;
  /** Every move it made, in turn. */
  moves: string;
  /** Every entry of the audit about it, in turn. */
  audit: string;
  /** Jobs that wait to send it. */
  sends: number;
};

/** The different histories that these refunds had: rounds of a race that ended alike are one. */
export async function historiesOf(sql: Sql, refundNos: string[]): Promise<RefundHistory[]> {
  const rows = await sql<RefundHistory[]>`
    SELECT DISTINCT f.status,
      (SELECT string_agg(t.event, ' ' ORDER BY t.id) FROM transitions t WHERE t.entity = 'refund' AND t.entity_id = f.id) AS moves,
      (SELECT coalesce(string_agg(a.action, ' ' ORDER BY a.id), '') FROM audit_entries a
        WHERE a.subject = 'refund' AND a.subject_id = f.id::text) AS audit,
      (SELECT count(*)::int FROM graphile_worker.jobs j WHERE j.key = 'send_refund:' || f.id) AS sends
      FROM refunds f WHERE f.out_refund_no = ANY(${refundNos}) ORDER BY moves`;
  return [...rows];
}

/** Receipts of which more is promised or paid back than was received. */
export async function overdrawnReceipts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ transactionId: string }[]>`
    SELECT r.transaction_id AS "transactionId" FROM receipts r JOIN refunds f ON f.receipt_id = r.id
      WHERE f.status NOT IN ('rejected', 'withdrawn', 'closed')
      GROUP BY r.id HAVING sum(f.refund_fen) > r.total_fen`;
  return rows.map((row) => row.transactionId);
}

/** PostgreSQL counts the deadlocks of a database, also those that a second try hid. */
export async function deadlocks(sql: Sql): Promise<number> {
  await sql`SELECT pg_stat_clear_snapshot()`;
  const [row] = await sql<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  return row?.deadlocks ?? -1;
}

/** Nothing about refunds waits any more, nor in the outbox. What a killed worker left in favour of a later job never runs. */
export async function isAllDone(sql: Sql): Promise<boolean> {
  const [left] = await sql<{ count: number }[]>`
    SELECT ((SELECT count(*) FROM outbox) + (SELECT count(*) FROM graphile_worker.jobs WHERE attempts < max_attempts
      AND (task_identifier LIKE '%refund%' OR task_identifier = 'surplus_received')))::int AS count`;
  return left?.count === 0;
}

/** What WeChat's ledger, the calls to it and our rows say of a refund that was alone on its payment. */
export async function whatCameOf(
  { sql, sandbox }: { sql: Sql; sandbox: SandboxProcess },
  { refundNo, order: { outTradeNo } }: { refundNo: string; order: { outTradeNo: string } },
) {
  const ledger = await sandbox.refunds(outTradeNo);
  const calls = await sandbox.calls({ outTradeNo, call: "refund" });
  const failed = await sql`SELECT task, error FROM job_runs WHERE error IS NOT NULL`;
  return {
    ledger: ledger.map((one) => ({
      number: one.outRefundNo,
      fen: one.refundFen,
      status: one.status,
      executed: one.executed,
      asked: one.asked,
    })),
    numbersAsked: [...new Set(calls.map(({ outRefundNo }) => outRefundNo))],
    histories: await historiesOf(sql, [refundNo]),
    overdrawn: await overdrawnReceipts(sql),
    failed: [...failed],
  };
}
