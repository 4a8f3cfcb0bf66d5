import { and, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { alarms } from "@/lib/db/schema/alarms";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { type AlarmStatus, alarmStatuses } from "./state";

const alarmPageSize = 25; // Each card has its steps and forms: more would be half a megabyte.

/** A message names fifty at most; of what a whole stock of goods is waited for, nobody reads them all. */
const mostOrders = 60;

export type AlarmFilter = {
  kind?: string | null;
  source?: "wechat" | "shop" | null;
  /** Whose it is; null for nobody's. */
  assignedTo?: number | null;
};

const assignee = alias(staff, "assignee");
const acknowledger = alias(staff, "acknowledger");
const resolver = alias(staff, "resolver");

const listed = {
  id: alarms.id,
  source: alarms.source,
  kind: alarms.kind,
  status: alarms.status,
  facts: alarms.facts,
  count: alarms.count,
  raisedAt: alarms.raisedAt,
  lastRaisedAt: alarms.lastRaisedAt,
  notificationId: alarms.notificationId,
  assignedTo: alarms.assignedTo,
  assigneeName: assignee.name,
  acknowledgedAt: alarms.acknowledgedAt,
  acknowledgerName: acknowledger.name,
  note: alarms.note,
  resolvedAt: alarms.resolvedAt,
  resolverName: resolver.name,
  resolution: alarms.resolution,
  orderNos: sql<string[]>`ARRAY(SELECT o.order_no FROM alarm_orders ao JOIN orders o ON o.id = ao.order_id
    WHERE ao.alarm_id = ${alarms.id} ORDER BY ao.order_id LIMIT ${mostOrders})`,
  orderCount: sql<number>`(SELECT count(*)::int FROM (SELECT FROM alarm_orders ao WHERE ao.alarm_id = ${alarms.id} LIMIT ${countedAtMost}) t)`,
};

export type ListedAlarm = Awaited<ReturnType<typeof listAlarms>>["alarms"][number];

/** Alarms of one state, newest first; `older` is where the next page begins. */
export async function listAlarms(
  shop: Shop,
  {
    state,
    before,
    size = alarmPageSize,
    ...filter
  }: AlarmFilter & { state: AlarmStatus; before?: number; size?: number },
) {
  const rows = await shop.db
    .select(listed)
    .from(alarms)
    .leftJoin(assignee, eq(assignee.id, alarms.assignedTo))
    .leftJoin(acknowledger, eq(acknowledger.id, alarms.acknowledgedBy))
    .leftJoin(resolver, eq(resolver.id, alarms.resolvedBy))
    .where(
      and(
        eq(alarms.status, state),
        ...conditions(filter),
        before === undefined ? undefined : lt(alarms.id, before),
      ),
    )
    .orderBy(desc(alarms.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { alarms: page, older: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

/** How many fit the filter in each state, counted no further than `countedAtMost`. */
export async function countAlarms(shop: Shop, filter: AlarmFilter): Promise<Record<AlarmStatus, number>> {
  const counts = alarmStatuses.map((status) => {
    const where = and(eq(alarms.status, status), ...conditions(filter));
    return sql`(SELECT count(*)::int FROM (SELECT FROM ${alarms} WHERE ${where} LIMIT ${countedAtMost}) t) AS ${sql.identifier(status)}`;
  });
  const [row] = await shop.db.execute<Record<AlarmStatus, number>>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  if (!row) throw new Error("the alarms were not counted");
  return row;
}

function conditions({ kind, source, assignedTo }: AlarmFilter): (SQL | undefined)[] {
  return [
    kind ? eq(alarms.kind, kind) : undefined,
    source ? eq(alarms.source, source) : undefined,
    assignedTo === null ? isNull(alarms.assignedTo) : undefined,
    assignedTo ? eq(alarms.assignedTo, assignedTo) : undefined,
  ];
}
