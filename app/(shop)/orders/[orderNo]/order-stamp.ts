import type { OrderView } from "@/lib/orders/find-order";

/** What the page shows that can change by itself: another stamp means that it must be rendered again. */
export function orderStamp(
  order: Pick<OrderView, "status" | "closedReason" | "paidFen" | "surplusFen">,
): string {
  return `${order.status}/${order.closedReason ?? ""}/${order.paidFen}/${order.surplusFen}`;
}
