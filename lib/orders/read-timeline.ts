import { and, desc, eq, sql } from "drizzle-orm";
import {
  auditEntries,
  jobRuns,
  notifications,
  payments,
  receipts,
  staff,
  transitions,
  wechatCalls,
} from "@/lib/db/schema";
import { maskBody } from "@/lib/notifications/mask-body";
import type { Shop } from "@/lib/shop";
import { readWaiting } from "./read-waiting";
import type { TimelineEvent } from "./timeline-event";

const atMost = 300; // Of each kind, the newest: a page and a terminal still show it, and no order needs more.

/** At the same instant, what caused comes before what followed. */
const causes = [
  "audit",
  "call",
  "notification",
  "receipt",
  "transition",
  "outbox",
  "job_run",
  "waiting_job",
] as const;

/** Everything that happened to an order and waits to happen, in time order; openids and signatures masked. */
export async function readTimeline(shop: Shop, orderId: number): Promise<TimelineEvent[]> {
  const lists = await Promise.all([
    readNotifications(shop, orderId),
    readReceipts(shop, orderId),
    readTransitions(shop, orderId),
    readCalls(shop, orderId),
    readJobRuns(shop, orderId),
    readAudit(shop, orderId),
    readWaiting(shop, orderId, atMost),
  ]);
  return lists
    .flat()
    .sort((a, b) => a.at.getTime() - b.at.getTime() || causes.indexOf(a.kind) - causes.indexOf(b.kind));
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
    .limit(atMost);
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
    .limit(atMost);
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

async function readTransitions({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await db
    .select({
      id: transitions.id,
      at: transitions.at,
      entity: transitions.entity,
      event: transitions.event,
      from: transitions.fromStatus,
      to: transitions.toStatus,
      actor: transitions.actor,
      outTradeNo: payments.outTradeNo,
      tradeType: payments.tradeType,
    })
    .from(transitions)
    .leftJoin(payments, and(eq(transitions.entity, "payment"), eq(payments.id, transitions.entityId)))
    .where(eq(transitions.orderId, orderId))
    .orderBy(desc(transitions.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "transition", key: `transition:${id}`, ...row }));
}

async function readCalls({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await db
    .select({
      id: wechatCalls.id,
      at: wechatCalls.startedAt,
      call: wechatCalls.call,
      outcome: wechatCalls.outcome,
      errorText: wechatCalls.errorText,
      tookMs: wechatCalls.tookMs,
      outTradeNo: payments.outTradeNo,
    })
    .from(wechatCalls)
    .leftJoin(payments, eq(payments.id, wechatCalls.paymentId))
    .where(eq(wechatCalls.orderId, orderId))
    .orderBy(desc(wechatCalls.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "call", key: `call:${id}`, ...row }));
}

async function readJobRuns({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const { id, startedAt: at, task, attempt, endedAt, error } = jobRuns;
  const rows = await db
    .select({ id, at, task, attempt, endedAt, error })
    .from(jobRuns)
    .where(eq(jobRuns.orderId, orderId))
    .orderBy(desc(jobRuns.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "job_run", key: `job_run:${id}`, ...row }));
}

async function readAudit({ db }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const { id, at, action, staffId, subject, subjectId } = auditEntries;
  const rows = await db
    .select({ id, at, action, staffId, staffName: staff.name, subject, subjectId })
    .from(auditEntries)
    .leftJoin(staff, eq(staff.id, staffId))
    .where(eq(auditEntries.orderId, orderId))
    .orderBy(desc(auditEntries.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "audit", key: `audit:${id}`, ...row }));
}
