import type { Refund } from "@/lib/sandbox/ledger/refunds";
import type { Transaction } from "@/lib/sandbox/ledger/transactions";

/** What was paid, as refund and refundquery repeat it. */
export function paidFields(transaction: Transaction) {
  const settlementFen = Math.max(0, transaction.totalFen - transaction.couponFen);
  return {
    total_fee: String(transaction.totalFen),
    settlement_total_fee: String(settlementFen),
    fee_type: "CNY",
    cash_fee: String(settlementFen),
  };
}

/**
 * The coupon's share. `nth` is the refund's place in a refundquery's page: refund has none, and the names of
 * the one have a number more than those of the other.
 */
export function couponRefundFields(refund: Refund, nth?: number): Record<string, string> {
  const place = nth === undefined ? "" : `_${nth}`;
  const counts = {
    [`coupon_refund_fee${place}`]: String(refund.couponFen),
    [`coupon_refund_count${place}`]: refund.couponFen > 0 ? "1" : "0",
  };
  if (refund.couponFen === 0) return counts;
  return {
    ...counts,
    [`coupon_type${place}_0`]: "NO_CASH",
    [`coupon_refund_id${place}_0`]: "10000",
    [`coupon_refund_fee${place}_0`]: String(refund.couponFen),
  };
}
