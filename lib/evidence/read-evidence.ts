import { asc, eq } from "drizzle-orm";
import { wechatCalls } from "@/lib/db/schema/deeds";
import { payments } from "@/lib/db/schema/payments";
import { receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { deliveryReports } from "@/lib/db/schema/reports";
import { listDeliveriesOfOrder } from "@/lib/deliveries/list-deliveries-of-order";
import { readReports } from "@/lib/deliveries/read-reports";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { readTimeline, timelineLimit } from "@/lib/orders/read-timeline";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import type { Shop } from "@/lib/shop";

const mostCalls = 1000;

export type Evidence = Awaited<ReturnType<typeof readEvidence>>;
export type KeptNotification = Extract<TimelineEvent, { kind: "notification" }>;

/**
 * Everything that is recorded of an order and may be shown to outsiders: what staff write for each other is not.
 * `cut` names the kinds of events of which only the newest are here.
 */
export async function readEvidence(shop: Shop, order: DeskOrder) {
  const [all, { deliveries }, reports, repaid, calls] = await Promise.all([
    readTimeline(shop, order.id),
    listDeliveriesOfOrder(shop, order.id),
    readReports(shop, order.id),
    readRefunds(shop, order.id),
    readCalls(shop, order.id),
  ]);
  const events = all.filter((event) => event.kind !== "note");
  return {
    order,
    events,
    notifications: events.filter((event): event is KeptNotification => event.kind === "notification"),
    deliveries,
    reports,
    refunds: repaid,
    calls,
    cut: cutKinds(all),
  };
}

function cutKinds(events: TimelineEvent[]): TimelineEvent["kind"][] {
  const counts = new Map<TimelineEvent["kind"], number>();
  for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .filter(([kind, count]) => kind !== "note" && count >= timelineLimit)
    .map(([kind]) => kind);
}

/** Without the request that was sent to WeChat, and without anybody's own words but the reason. */
function readRefunds({ db }: Shop, orderId: number) {
  const { outRefundNo, refundId, source, status, requestedFen, refundFen, reason, createdAt } = refunds;
  const { decidedAt, decisionNote, acceptedAt, settledAt, recvAccount, attempts, errorCode, errorText } =
    refunds;
  const { manualMethod, manualReference, manualPaidAt } = refunds;
  return db
    .select({
      transactionId: receipts.transactionId,
      ...{ outRefundNo, refundId, source, status, requestedFen, refundFen, reason, createdAt },
      ...{ decidedAt, decisionNote, acceptedAt, settledAt, recvAccount, attempts, errorCode, errorText },
      ...{ manualMethod, manualReference, manualPaidAt },
    })
    .from(refunds)
    .innerJoin(receipts, eq(receipts.id, refunds.receiptId))
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.id))
    .limit(200);
}

/** Each call to WeChat about the order's payments, refunds and reports, oldest first. */
async function readCalls({ db }: Shop, orderId: number) {
  const rows = await db
    .select({
      call: wechatCalls.call,
      startedAt: wechatCalls.startedAt,
      outcome: wechatCalls.outcome,
      errorText: wechatCalls.errorText,
      tookMs: wechatCalls.tookMs,
      outTradeNo: payments.outTradeNo,
      outRefundNo: refunds.outRefundNo,
      transactionId: receipts.transactionId,
    })
    .from(wechatCalls)
    .leftJoin(payments, eq(payments.id, wechatCalls.paymentId))
    .leftJoin(refunds, eq(refunds.id, wechatCalls.refundId))
    .leftJoin(deliveryReports, eq(deliveryReports.id, wechatCalls.reportId))
    .leftJoin(receipts, eq(receipts.id, deliveryReports.receiptId))
    .where(eq(wechatCalls.orderId, orderId))
    .orderBy(asc(wechatCalls.id))
    .limit(mostCalls);
  return rows.map(({ outTradeNo, outRefundNo, transactionId, ...call }) => ({
    ...call,
    about: outRefundNo ?? transactionId ?? outTradeNo,
  }));
}
