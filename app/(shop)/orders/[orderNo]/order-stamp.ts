import type { OrderView } from "@/lib/orders/find-order";
import { isAtWechat } from "./is-at-wechat";

type Stamped = Pick<
  OrderView,
  | "status"
  | "closedReason"
  | "paidFen"
  | "surplusFen"
  | "deliverBy"
  | "payments"
  | "refunds"
  | "deliveries"
  | "together"
>;

/** What the page shows that can change by itself: another stamp means that it must be rendered again. */
export function orderStamp(order: Stamped): string {
  const refunds = order.refunds.map(({ status, refundFen }) => `${status} ${refundFen}`);
  const deliveries = order.deliveries.map(
    ({ status, carrier, trackingNo, isReplaced }) => `${status} ${carrier} ${trackingNo} ${isReplaced}`,
  );
  const together = order.together.map(({ orderNo, status }) => `${orderNo} ${status}`);
  const { status, closedReason, paidFen, surplusFen, deliverBy } = order;
  const facts = [status, closedReason, paidFen, surplusFen, deliverBy, isAtWechat(order)];
  return [...facts, refunds, deliveries, together].map((one) => String(one ?? "")).join("/");
}
