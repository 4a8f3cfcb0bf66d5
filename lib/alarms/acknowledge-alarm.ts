import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { type Person, readOptionalNote } from "@/lib/staff/person";
import { handleAlarm } from "./handle-alarm";
import { alarmMoves } from "./state";

/** Somebody has seen it and is on it; false when somebody else was faster. `not_found`, `alarm_resolved`. */
export async function acknowledgeAlarm(
  shop: Shop,
  of: { alarmId: number; by: Person; note?: string | null },
): Promise<boolean> {
  const note = readOptionalNote(of.note);
  const { from, to } = alarmMoves.acknowledge;
  return handleAlarm(shop, of, {
    action: "alarm.acknowledge",
    from,
    set: sql`status = ${to}, acknowledged_by = ${of.by.staffId}, acknowledged_at = ${shop.now().toISOString()}::timestamptz, note = ${note}`,
    after: { status: to },
  });
}
