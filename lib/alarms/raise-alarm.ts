import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";

/**
 * Raises an alarm of the shop's own, or counts up on the one about the same trouble that is not resolved.
 * `facts` are shown to staff: no secrets, no personal data.
 */
export async function raiseAlarm(
  db: Db | Tx,
  alarm: {
    kind: string;
    dedupeKey: string;
    orderId?: number | null;
    notificationId?: number | null;
    facts: Record<string, unknown>;
  },
): Promise<void> {
  await db.execute(sql`SELECT raise_alarm('shop', ${alarm.kind}, ${alarm.dedupeKey}, ${alarm.orderId ?? null},
    ${alarm.notificationId ?? null}, ${JSON.stringify(alarm.facts)}::jsonb)`);
}
