import type { OrderView } from "@/lib/orders/find-order";

/** What the page shows that can change by itself: another stamp means that it must be rendered again. */
export function orderStamp(
  order: Pick<OrderView, "status" | "closedReason" | "paidFen" | "payments">,
): string {
  const surplus = order.payments.filter((payment) => payment.surplus).length;
  return `${order.status}/${order.closedReason ?? ""}/${order.paidFen}/${surplus}`;
}
