import { and, desc, eq, ne, sql } from "drizzle-orm";
import { alarmOrders, alarms } from "@/lib/db/schema/alarms";
import { auditEntries } from "@/lib/db/schema/audit";
import { transitions, wechatCalls } from "@/lib/db/schema/deeds";
import { jobRuns } from "@/lib/db/schema/jobs";
import { staffNotes } from "@/lib/db/schema/notes";
import { notifications } from "@/lib/db/schema/notifications";
import { receipts } from "@/lib/db/schema/receipts";
import { staff } from "@/lib/db/schema/staff";
import { maskBody } from "@/lib/notifications/mask-body";
import type { Shop } from "@/lib/shop";
import { readAudit, readCalls, readMoves } from "./read-deeds";
import { readWaiting } from "./read-waiting";
import type { TimelineEvent } from "./timeline-event";

/** Of each kind, the newest: a page and a terminal still show it, and no order needs more. */
export const timelineLimit = 300;

/** At the same instant, what caused comes before what followed. */
const causes = [
  "audit",
  "note",
  "call",
  "notification",
  "receipt",
  "transition",
  "alarm",
  "outbox",
  "job_run",
  "waiting_job",
] as const;

/** Everything that happened to an order and waits to happen, in time order; openids and signatures masked. */
export async function readTimeline(shop: Shop, orderId: number): Promise<TimelineEvent[]> {
  const lists = await Promise.all([
    readNotifications(shop, orderId),
    readReceipts(shop, orderId),
    readAlarms(shop, orderId),
    readMoves(shop, eq(transitions.orderId, orderId), timelineLimit),
    readCalls(shop, eq(wechatCalls.orderId, orderId), timelineLimit),
    readJobRuns(shop, orderId),
    readAudit(
      shop,
      and(eq(auditEntries.orderId, orderId), ne(auditEntries.action, "order.note")),
      timelineLimit,
    ),
    readNotes(shop, orderId),
    readWaiting(shop, orderId, timelineLimit),
  ]);
  return inOrder(lists.flat());
}

/** Sorts by time. */
export function inOrder(events: TimelineEvent[]): TimelineEvent[] {
  return events.sort(
    (a, b) => a.at.getTime() - b.at.getTime() || causes.indexOf(a.kind) - causes.indexOf(b.kind),
  );
}

/** Those that named the order's payments before these were known to belong to it, too. A union, not an OR: two indexes. */
async function readNotifications({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const ids = sql`SELECT n.id FROM notifications n WHERE n.order_id = ${orderId}
    UNION SELECT n.id FROM notifications n JOIN payments p USING (out_trade_no) WHERE p.order_id = ${orderId}`;
  const rows = await db
    .select()
    .from(notifications)
    .where(sql`${notifications.id} IN (${ids})`)
    .orderBy(desc(notifications.id))
    .limit(timelineLimit);
  return rows.reverse().map(({ id, kind: of, receivedAt: at, body, ...row }) => {
    const { verdict, reason, answer, copies, lastReceivedAt, transactionId, headers } = row;
    const told = { verdict, reason, answer, copies, lastReceivedAt, transactionId, headers };
    return { kind: "notification", key: `notification:${id}`, id, at, of, ...told, raw: maskBody(body) };
  });
}

async function readReceipts({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await db
    .select()
    .from(receipts)
    .where(eq(receipts.orderId, orderId))
    .orderBy(desc(receipts.id))
    .limit(timelineLimit);
  return rows.reverse().map(({ id, createdAt: at, ...row }) => {
    const { transactionId, outTradeNo, totalFen, feeType, verdict, reason, source, paidAt } = row;
    return {
      kind: "receipt",
      key: `receipt:${id}`,
      at,
      transactionId,
      outTradeNo,
      totalFen,
      feeType,
      verdict,
      reason,
      source,
      paidAt,
    };
  });
}

async function readAlarms({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const { id, raisedAt: at, kind: of, source, status, count } = alarms;
  const rows = await db
    .select({ id, at, of, source, status, count })
    .from(alarmOrders)
    .innerJoin(alarms, eq(alarms.id, alarmOrders.alarmId))
    .where(eq(alarmOrders.orderId, orderId))
    .orderBy(desc(alarms.id))
    .limit(timelineLimit);
  return rows.reverse().map((row) => ({ kind: "alarm", key: `alarm:${row.id}`, ...row }));
}

async function readJobRuns({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const { id, startedAt: at, task, attempt, endedAt, error } = jobRuns;
  const rows = await db
    .select({ id, at, task, attempt, endedAt, error })
    .from(jobRuns)
    .where(eq(jobRuns.orderId, orderId))
    .orderBy(desc(jobRuns.id))
    .limit(timelineLimit);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "job_run", key: `job_run:${id}`, ...row }));
}

/** In place of their audit entries, which say the same without the words. */
async function readNotes({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const { id, createdAt: at, text, staffId } = staffNotes;
  const rows = await db
    .select({ id, at, text, staffId, staffName: staff.name })
    .from(staffNotes)
    .innerJoin(staff, eq(staff.id, staffId))
    .where(eq(staffNotes.orderId, orderId))
    .orderBy(desc(id))
    .limit(timelineLimit);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "note", key: `note:${id}`, ...row }));
}
