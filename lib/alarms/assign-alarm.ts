import { and, eq, isNull, sql } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { handleAlarm } from "./handle-alarm";

/** Who is to see to it, or nobody; false when that is so already. `not_found`, `alarm_resolved`, `person_unknown`. */
export async function assignAlarm(
  shop: Shop,
  of: { alarmId: number; by: Person; to: number | null },
): Promise<boolean> {
  const { to } = of;
  if (to !== null) {
    const [person] = await shop.db
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.id, to), isNull(staff.disabledAt)));
    if (!person) throw new AppError("person_unknown");
  }
  return handleAlarm(shop, of, {
    action: "alarm.assign",
    from: ["open", "acknowledged"],
    set: sql`assigned_to = ${to}`,
    unless: sql`assigned_to IS NOT DISTINCT FROM ${to}::bigint`,
    after: { assignedTo: to },
  });
}
