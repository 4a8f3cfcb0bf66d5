import type { OrderView } from "@/lib/orders/find-order";
import { refundableForMs } from "@/lib/refunds/insert-refund";

export type WhyNot = "unpaid" | "closed" | "too_old" | "nothing_left" | "underway";

/** Why nothing can be asked back of this order now; null when something can. */
export function whyNotRefundable(
  order: Pick<OrderView, "status" | "paidFen" | "paidAt" | "refundableFen" | "refundedFen">,
  now: Date,
): WhyNot | null {
  if (order.paidFen === 0) return order.status === "closed" ? "closed" : "unpaid";
  if (order.refundableFen === 0) return order.refundedFen >= order.paidFen ? "nothing_left" : "underway";
  const paidAt = new Date(order.paidAt ?? now);
  return now.getTime() - paidAt.getTime() > refundableForMs ? "too_old" : null;
}
