import { eq, type SQL, sql } from "drizzle-orm";
import { type AuditAction, writeEntry } from "@/lib/audit/write-entry";
import { alarms } from "@/lib/db/schema/alarms";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { AlarmStatus } from "./state";

type Deed = {
  action: AuditAction;
  from: readonly AlarmStatus[];
  set: SQL;
  /** What else must hold of the row; where it does not, there is nothing to do any more. */
  unless?: SQL;
  after: Record<string, unknown>;
};

/**
 * What everything that a person does to an alarm has in common: the conditional update and its audit entry in one
 * transaction, then the desks. False when it was so already, without an entry; `not_found`, `alarm_resolved`.
 */
export async function handleAlarm(
  shop: Shop,
  of: { alarmId: number; by: Person },
  deed: Deed,
): Promise<boolean> {
  const { alarmId, by } = of;
  const isDone = await shop.db.transaction(async (tx) => {
    const from = sql.join(
      deed.from.map((status) => sql`${status}`),
      sql`, `,
    );
    const [done] = await tx.execute<{
      status: AlarmStatus;
      assigned_to: number | null;
      order_id: number | null;
    }>(sql`
      WITH before AS (SELECT id, status, assigned_to::int FROM alarms WHERE id = ${alarmId} AND status IN (${from})
          AND ${deed.unless ? sql`NOT (${deed.unless})` : sql`true`} FOR NO KEY UPDATE),
        done AS (UPDATE alarms a SET ${deed.set} FROM before b WHERE a.id = b.id)
      SELECT status, assigned_to, (SELECT min(order_id)::int FROM alarm_orders WHERE alarm_id = before.id) AS order_id FROM before`);
    if (!done) {
      const [alarm] = await tx.select({ status: alarms.status }).from(alarms).where(eq(alarms.id, alarmId));
      if (!alarm) throw new AppError("not_found");
      if (alarm.status === "resolved") throw new AppError("alarm_resolved");
      return false;
    }
    await writeEntry(tx, {
      ...by,
      action: deed.action,
      subject: "alarm",
      subjectId: alarmId,
      orderId: done.order_id,
      at: shop.now(),
      before: { status: done.status, assignedTo: done.assigned_to },
      after: deed.after,
    });
    return true;
  });
  if (isDone) await signalDesk(shop.sql, { type: "alarm" });
  return isDone;
}
