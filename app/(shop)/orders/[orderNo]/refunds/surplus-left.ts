import type { OrderView } from "@/lib/orders/find-order";
import { isPaidBack } from "./standing";

/** What of the money beyond what was owed is not with the buyer again yet, in fen. */
export function surplusLeftFen({ surplusFen, refunds }: Pick<OrderView, "surplusFen" | "refunds">): number {
  const back = refunds.filter((refund) => refund.reason === "surplus" && isPaidBack(refund));
  return surplusFen - back.reduce((sum, { refundFen }) => sum + refundFen, 0);
}
