import type { OrderView } from "@/lib/orders/find-order";
import { liveRefundStatuses } from "@/lib/refunds/state";

export type LineLeft = OrderView["lines"][number] & { left: number };

/** The order's lines, each with how many pieces no refund has been asked for yet. */
export function piecesLeft(order: Pick<OrderView, "lines" | "refunds">): LineLeft[] {
  const live: readonly string[] = liveRefundStatuses;
  const asked = order.refunds
    .filter((refund) => live.includes(refund.status))
    .flatMap((refund) => refund.lines);
  return order.lines.map((line) => {
    const taken = asked.reduce((sum, { sku, quantity }) => sum + (sku === line.sku ? quantity : 0), 0);
    return { ...line, left: Math.max(0, line.quantity - taken) };
  });
}
