import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { handleAlarm } from "./handle-alarm";
import { alarmMoves } from "./state";

/** A person says that it is dealt with, and how. `not_found`, `alarm_resolved`, `reason_required`. */
export async function resolveAlarm(
  shop: Shop,
  of: { alarmId: number; by: Person; note: string | null },
): Promise<void> {
  const note = readNote(of.note);
  const { from, to } = alarmMoves.resolve;
  await handleAlarm(shop, of, {
    action: "alarm.resolve",
    from,
    set: sql`status = ${to}, resolved_by = ${of.by.staffId}, resolved_at = ${shop.now().toISOString()}::timestamptz, resolution = ${note}`,
    after: { status: to },
  });
}
