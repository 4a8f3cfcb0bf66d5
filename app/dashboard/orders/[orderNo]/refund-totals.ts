import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import type { RefundOfOrder } from "@/lib/refunds/list-refunds-of-order";
import { liveRefundStatuses } from "@/lib/refunds/state";

export type RefundTotals = {
  /** Gone back, by WeChat or by hand, of every receipt of the order. */
  refundedFen: number;
  /** Asked for, approved or on its way. */
  promisedFen: number;
  /** What the receipt that paid the order still has. */
  refundableFen: number;
  /** Received beyond what was owed, and not gone back yet. */
  owedFen: number;
  /** Of that, and of what came in for another amount than asked: not even on its way back. */
  unreturnedFen: { surplus: number; mismatch: number };
};

export function refundTotals(order: DeskOrder, refunds: RefundOfOrder[]): RefundTotals {
  const live = refunds.filter(({ status }) => liveRefundStatuses.some((one) => one === status));
  const gone = live.filter(({ status, manualPaidAt }) => status === "succeeded" || manualPaidAt !== null);
  const settling = order.receipts.find((receipt) => receipt.verdict === "settling");
  const surplus = new Set(
    order.receipts.filter((receipt) => receipt.verdict === "surplus").map((receipt) => receipt.id),
  );
  const unreturnedFen = (verdict: "surplus" | "mismatch") =>
    order.receipts
      .filter((receipt) => receipt.verdict === verdict)
      .reduce(
        (total, { id, totalFen }) =>
          total + Math.max(0, totalFen - sum(live.filter(({ receiptId }) => receiptId === id))),
        0,
      );
  const takesRefunds = ["paid", "shipped", "completed"].includes(order.status);
  return {
    refundedFen: sum(gone),
    promisedFen: sum(live) - sum(gone),
    refundableFen:
      settling && takesRefunds
        ? Math.max(0, settling.totalFen - sum(live.filter(({ receiptId }) => receiptId === settling.id)))
        : 0,
    owedFen: Math.max(0, order.owedFen - sum(gone.filter(({ receiptId }) => surplus.has(receiptId)))),
    unreturnedFen: { surplus: unreturnedFen("surplus"), mismatch: unreturnedFen("mismatch") },
  };
}

function sum(refunds: { refundFen: number }[]): number {
  return refunds.reduce((total, { refundFen }) => total + refundFen, 0);
}
