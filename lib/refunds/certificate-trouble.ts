import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";

/** One alarm for all refunds: while it stands, the queue pauses and only tries now and then. */
export const certificateTrouble = "certificate_trouble";

/** When the certificate was last refused, if nothing has shown since that it is fine. */
export async function certificateTroubleSince(tx: Tx | Db): Promise<Date | null> {
  const [alarm] = await tx.execute<{ at: string }>(sql`SELECT last_raised_at AS at FROM alarms
    WHERE dedupe_key = ${certificateTrouble} AND status <> 'resolved'`);
  return alarm ? new Date(alarm.at) : null;
}

/**
 * WeChat has answered a call that needs the certificate: whatever was wrong with it is right now, and every refund that
 * waited for that goes out.
 */
export async function resolveCertificateTrouble(db: Db | Tx, now: Date): Promise<void> {
  const resolved =
    await db.execute(sql`UPDATE alarms SET status = 'resolved', resolved_at = ${now.toISOString()}::timestamptz
    WHERE dedupe_key = ${certificateTrouble} AND status <> 'resolved' RETURNING id`);
  if (resolved.length > 0) await sendWaiting(db, { now, force: false, atMost: 10_000 });
}

/** The certificate has perhaps been replaced: the one that waits longest tries it now, the pause notwithstanding. */
export async function probeCertificate(db: Db | Tx, now: Date): Promise<void> {
  if (await certificateTroubleSince(db)) await sendWaiting(db, { now, force: true, atMost: 1 });
}

async function sendWaiting(db: Db | Tx, of: { now: Date; force: boolean; atMost: number }): Promise<void> {
  const now = sql`${of.now.toISOString()}::timestamptz`;
  await db.execute(sql`
    WITH waiting AS (
      SELECT id, order_id FROM refunds WHERE status = 'approved' AND (send_after IS NULL OR send_after <= ${now})
        OR status = 'sending' AND refusal = 'certificate' ORDER BY id LIMIT ${of.atMost} FOR NO KEY UPDATE SKIP LOCKED -- Who holds one of them is moving it.
    ), due AS (
      UPDATE refunds f SET next_try_at = ${now} FROM waiting w WHERE f.id = w.id AND f.status = 'sending'
    )
    SELECT graphile_worker.add_job('send_refund', json_build_object('orderId', order_id, 'refundId', id, 'force', ${of.force}::boolean),
      run_at := ${now}, max_attempts := 25, job_key := 'send_refund:' || id) FROM waiting`);
}
