import type { OrderView } from "@/lib/orders/find-order";
import { isUnderway } from "./refunds/standing";
import { surplusLeftFen } from "./refunds/surplus-left";
import type { Pace } from "./use-following";

/** How closely a page follows its order; null when nothing more is expected. */
export function paceOf(order: OrderView): Pace | null {
  if (order.status === "pending" || order.status === "closing") return "payment";
  if (order.status === "paid") return "delivery";
  if (order.refunds.some(isUnderway) || surplusLeftFen(order) > 0) return "refund";
  const mayStillBePaid = order.status === "closed" && order.paidFen === 0 && order.payments.length > 0;
  return mayStillBePaid ? "delivery" : null; // Late money revives it, or goes back: either is told here.
}
