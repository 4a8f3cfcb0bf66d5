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

/** WeChat has executed a call that needs the certificate: whatever was wrong with it is right now. */
export async function resolveCertificateTrouble(db: Db | Tx, now: Date): Promise<void> {
  await db.execute(sql`UPDATE alarms SET status = 'resolved', resolved_at = ${now.toISOString()}::timestamptz
    WHERE dedupe_key = ${certificateTrouble} AND status <> 'resolved'`);
}
