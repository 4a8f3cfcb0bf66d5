import { sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import type { Db, Tx } from "@/lib/db/connect";
import { tokenCodes } from "@/lib/wechat/report-refusal";
import type { ReportRow } from "./lock-report";

/** One waiting job a report, whoever queues it. `force`: a person asked for it now, trouble with the token notwithstanding. */
export async function queueReport(
  tx: Tx | Db,
  report: Pick<ReportRow, "orderId" | "receiptId">,
  runAt: Date,
  { force } = { force: false },
): Promise<void> {
  await addJob(tx, {
    task: "report_delivery",
    payload: { orderId: report.orderId, receiptId: report.receiptId, ...(force && { force }) },
    key: `report_delivery:${report.receiptId}`,
    runAt,
  });
}

/** The appid's token is fine again: what waited for that goes out. */
export async function queueWaitingReports(tx: Tx | Db, of: { appId: string; now: Date }): Promise<void> {
  const now = sql`${of.now.toISOString()}::timestamptz`;
  const codes = sql.join(
    tokenCodes.map((code) => sql`${code}`),
    sql`, `,
  );
  await tx.execute(sql`
    WITH waiting AS (
      SELECT d.id, d.order_id, d.receipt_id FROM delivery_reports d JOIN receipts r ON r.id = d.receipt_id
        WHERE d.status = 'queued' AND r.appid = ${of.appId} AND d.error_code IN (${codes})
        ORDER BY d.id LIMIT 10000 FOR NO KEY UPDATE OF d SKIP LOCKED -- Who holds one of them is telling it.
    ), due AS (
      UPDATE delivery_reports d SET next_try_at = ${now} FROM waiting WHERE d.id = waiting.id
    )
    SELECT graphile_worker.add_job('report_delivery', json_build_object('orderId', order_id, 'receiptId', receipt_id),
      run_at := ${now}, max_attempts := 25, job_key := 'report_delivery:' || receipt_id) FROM waiting`);
}
