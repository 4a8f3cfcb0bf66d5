import { first, type Ledger } from "@/lib/sandbox/ledger/open-ledger";

/** The books in one row, for the console and for tests that compare them with the shop's. */
export type Totals = {
  orders: number;
  transactions: number;
  paidFen: number;
  numbersPaidTwice: number;
  refunds: number;
  refundsProcessing: number;
  /** Different out_refund_no that the shop asked with, refused ones too. Of the calls that are still kept. */
  refundNumbersAsked: number;
  /** Fen that buyers have got back: SUCCESS. */
  refundedFen: number;
  /** Fen out of the merchant's purses: everything but REFUNDCLOSE. */
  liveRefundFen: number;
  /** Accepted delivery reports, a repeat of the same bytes not counted, and the transactions they are about. */
  reports: number;
  transactionsReported: number;
  /** Accepted uploads of shipping info. */
  uploads: number;
  /** Those on demand and by the clock. */
  alarms: number;
  notificationsWaiting: number;
  notificationsGivenUp: number;
};

export function readTotals(ledger: Ledger): Totals {
  const totals = first<Totals>(
    ledger,
    `SELECT (SELECT count(*) FROM orders) AS orders,
       (SELECT count(*) FROM transactions) AS transactions,
       (SELECT coalesce(sum(total_fen), 0) FROM transactions) AS paidFen,
       (SELECT count(*) FROM (SELECT 1 FROM transactions GROUP BY out_trade_no HAVING count(*) > 1)) AS numbersPaidTwice,
       (SELECT count(*) FROM refunds) AS refunds,
       (SELECT count(*) FROM refunds WHERE status = 'PROCESSING') AS refundsProcessing,
       (SELECT count(DISTINCT out_refund_no) FROM calls WHERE call = 'refund') AS refundNumbersAsked,
       (SELECT coalesce(sum(refund_fen), 0) FROM refunds WHERE status = 'SUCCESS') AS refundedFen,
       (SELECT coalesce(sum(refund_fen), 0) FROM refunds WHERE status <> 'REFUNDCLOSE') AS liveRefundFen,
       (SELECT count(*) FROM delivery_reports) AS reports,
       (SELECT count(DISTINCT transaction_id) FROM delivery_reports) AS transactionsReported,
       (SELECT count(*) FROM shipping_uploads) AS uploads,
       (SELECT count(*) FROM notifications WHERE kind = 'alarm') AS alarms,
       (SELECT count(*) FROM notifications WHERE status = 'waiting') AS notificationsWaiting,
       (SELECT count(*) FROM notifications WHERE status = 'given_up') AS notificationsGivenUp`,
  );
  if (!totals) throw new Error("SQLite answered no totals");
  return totals;
}
