import { and, desc, inArray, lt, sql } from "drizzle-orm";
import { alarms } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";

export const alarmPageSize = 50;

const listed = {
  id: alarms.id,
  source: alarms.source,
  kind: alarms.kind,
  status: alarms.status,
  facts: alarms.facts,
  count: alarms.count,
  raisedAt: alarms.raisedAt,
  lastRaisedAt: alarms.lastRaisedAt,
  resolvedAt: alarms.resolvedAt,
  notificationId: alarms.notificationId,
  orderNo: sql<string | null>`(SELECT o.order_no FROM alarm_orders ao JOIN orders o ON o.id = ao.order_id
    WHERE ao.alarm_id = ${alarms.id} ORDER BY ao.order_id LIMIT 1)`,
};

export type ListedAlarm = Awaited<ReturnType<typeof listAlarms>>["alarms"][number];

/** Alarms, newest first: those that nobody has resolved, or those that somebody has. */
export async function listAlarms(shop: Shop, filter: { state: "unresolved" | "resolved"; before?: number }) {
  const statuses = filter.state === "resolved" ? ["resolved" as const] : (["open", "acknowledged"] as const);
  const rows = await shop.db
    .select(listed)
    .from(alarms)
    .where(
      and(
        inArray(alarms.status, [...statuses]),
        filter.before === undefined ? undefined : lt(alarms.id, filter.before),
      ),
    )
    .orderBy(desc(alarms.id))
    .limit(alarmPageSize + 1);
  const page = rows.slice(0, alarmPageSize);
  return { alarms: page, older: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}
