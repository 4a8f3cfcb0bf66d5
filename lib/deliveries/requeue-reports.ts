import type { Shop } from "@/lib/shop";

/**
 * The net under the reports' own jobs: one that is long due and has no job any more (the queue gave it up after its last
 * attempt, or a person removed it) gets one. While only some parcels have left, `delivernotify` has nothing to tell.
 */
export async function requeueReports({ sql, now, environment }: Shop): Promise<void> {
  const at = now().toISOString();
  const tellsParcels = environment.wechat.deliveryReport === "shipping-info";
  await sql`
    SELECT graphile_worker.add_job('report_delivery', json_build_object('orderId', lost.order_id, 'receiptId', lost.receipt_id),
      run_at := ${at}, max_attempts := 25, job_key := 'report_delivery:' || lost.receipt_id)
    FROM (
      SELECT d.order_id, d.receipt_id FROM delivery_reports d
      WHERE d.status = 'queued' AND d.next_try_at < ${at}::timestamptz - interval '15 minutes'
        AND (d.deliver_status IS NOT NULL OR coalesce(d.channel = 'shipping-info', ${tellsParcels}))
        AND NOT EXISTS (SELECT FROM graphile_worker.jobs j
          WHERE j.key = 'report_delivery:' || d.receipt_id AND j.attempts < j.max_attempts)
      ORDER BY d.id LIMIT 10000
    ) lost`;
}
