import { and, eq, sql } from "drizzle-orm";
import { auditEntries } from "@/lib/db/schema/audit";
import { transitions, wechatCalls } from "@/lib/db/schema/deeds";
import { readAudit, readCalls, readMoves } from "@/lib/orders/read-deeds";
import { inOrder } from "@/lib/orders/read-timeline";
import { readRefundJobs } from "@/lib/orders/read-waiting";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import type { Shop } from "@/lib/shop";

const atMost = 300; // Of each kind, the newest: an hourly try for twelve days.

/** Everything that happened to one refund, its receipt being given back included, and waits to happen, in time order. */
export async function readRefundTimeline(
  shop: Shop,
  of: { refundId: number; orderId: number | null; receiptId: number },
): Promise<TimelineEvent[]> {
  const isMine = sql`${transitions.entity} = 'refund' AND ${transitions.entityId} = ${of.refundId}`;
  // Audit entries have an index by order alone; those of money without an order are few and read by their order being none.
  const audited = and(
    of.orderId === null ? sql`${auditEntries.orderId} IS NULL` : eq(auditEntries.orderId, of.orderId),
    sql`(${auditEntries.subject}, ${auditEntries.subjectId}) IN (('refund', ${String(of.refundId)}), ('receipt', ${String(of.receiptId)}))`,
  );
  const lists = await Promise.all([
    readMoves(shop, isMine, atMost),
    readCalls(shop, eq(wechatCalls.refundId, of.refundId), atMost),
    readAudit(shop, audited, atMost),
    readRefundJobs(shop, of.refundId, atMost),
  ]);
  return inOrder(lists.flat());
}
