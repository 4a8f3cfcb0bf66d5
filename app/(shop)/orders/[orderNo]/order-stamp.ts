import type { OrderView } from "@/lib/orders/find-order";

/** What the page shows that can change by itself: another stamp means that it must be rendered again. */
export function orderStamp(
  order: Pick<OrderView, "status" | "closedReason" | "paidFen" | "surplusFen" | "refunds" | "deliveries">,
): string {
  const refunds = order.refunds.map(({ status, refundFen }) => `${status} ${refundFen}`).join(",");
  const deliveries = order.deliveries.map(
    ({ status, carrier, trackingNo, isReplaced }) => `${status} ${carrier} ${trackingNo} ${isReplaced}`,
  );
  return `${order.status}/${order.closedReason ?? ""}/${order.paidFen}/${order.surplusFen}/${refunds}/${deliveries}`;
}
