import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { auditEntries } from "@/lib/db/schema/audit";
import { transitions, wechatCalls } from "@/lib/db/schema/deeds";
import { payments } from "@/lib/db/schema/payments";
import { refunds } from "@/lib/db/schema/refunds";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import type { TimelineEvent } from "./timeline-event";

/** What orders and refunds both have in their time lines: moves, calls and audit entries. `of` says whose. */
export async function readMoves({ db }: Shop, of: SQL, atMost: number): Promise<TimelineEvent[]> {
  const rows = await db
    .select({
      id: transitions.id,
      at: transitions.at,
      entity: transitions.entity,
      event: transitions.event,
      from: transitions.fromStatus,
      to: transitions.toStatus,
      actor: transitions.actor,
      staffName: staff.name,
      outTradeNo: payments.outTradeNo,
      tradeType: payments.tradeType,
      outRefundNo: refunds.outRefundNo,
    })
    .from(transitions)
    .leftJoin(payments, and(eq(transitions.entity, "payment"), eq(payments.id, transitions.entityId)))
    .leftJoin(refunds, and(eq(transitions.entity, "refund"), eq(refunds.id, transitions.entityId)))
    .leftJoin(staff, sql`'staff:' || ${staff.id} = ${transitions.actor}`)
    .where(of)
    .orderBy(desc(transitions.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "transition", key: `transition:${id}`, ...row }));
}

export async function readCalls({ db }: Shop, of: SQL, atMost: number): Promise<TimelineEvent[]> {
  const rows = await db
    .select({
      id: wechatCalls.id,
      at: wechatCalls.startedAt,
      call: wechatCalls.call,
      outcome: wechatCalls.outcome,
      errorText: wechatCalls.errorText,
      tookMs: wechatCalls.tookMs,
      outTradeNo: payments.outTradeNo,
      outRefundNo: refunds.outRefundNo,
    })
    .from(wechatCalls)
    .leftJoin(payments, eq(payments.id, wechatCalls.paymentId))
    .leftJoin(refunds, eq(refunds.id, wechatCalls.refundId))
    .where(of)
    .orderBy(desc(wechatCalls.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "call", key: `call:${id}`, ...row }));
}

export async function readAudit({ db }: Shop, of: SQL | undefined, atMost: number): Promise<TimelineEvent[]> {
  const { id, at, action, staffId, subject, subjectId } = auditEntries;
  const rows = await db
    .select({ id, at, action, staffId, staffName: staff.name, subject, subjectId })
    .from(auditEntries)
    .leftJoin(staff, eq(staff.id, staffId))
    .where(of)
    .orderBy(desc(auditEntries.id))
    .limit(atMost);
  return rows.reverse().map(({ id, ...row }) => ({ kind: "audit", key: `audit:${id}`, ...row }));
}
