import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** What became of one transaction's goods, as far as WeChat was told. */
export type DeliveryFacts = {
  /** When the first report was accepted, or the last parcel uploaded. */
  reportedAt: number | null;
  /** When WeChat's own clock raised its alarm for it. */
  lateAlarmAt: number | null;
  /** 3 the buyer confirmed the receipt, 4 all is completed. */
  confirmedState: 3 | 4 | null;
};

export function deliveryFactsOf(ledger: Ledger, transactionId: string): DeliveryFacts {
  const facts = first<DeliveryFacts>(
    ledger,
    `SELECT reported_at AS reportedAt, late_alarm_at AS lateAlarmAt, confirmed_state AS confirmedState
     FROM transactions WHERE transaction_id = ?`,
    transactionId,
  );
  return facts ?? { reportedAt: null, lateAlarmAt: null, confirmedState: null };
}

export function markReported(ledger: Ledger, input: { transactionId: string; now: number }): void {
  const sql = "UPDATE transactions SET reported_at = ? WHERE transaction_id = ? AND reported_at IS NULL";
  run(ledger, sql, input.now, input.transactionId);
}

export function markConfirmed(ledger: Ledger, input: { transactionId: string; state: 3 | 4 }): void {
  const sql = "UPDATE transactions SET confirmed_state = ? WHERE transaction_id = ?";
  run(ledger, sql, input.state, input.transactionId);
}

/** Answers whether it was the first time: the alarm is raised once, however often its time is looked at. */
export function markLate(ledger: Ledger, input: { transactionId: string; now: number }): boolean {
  const sql = "UPDATE transactions SET late_alarm_at = ? WHERE transaction_id = ? AND late_alarm_at IS NULL";
  return run(ledger, sql, input.now, input.transactionId) === 1;
}

/** Transactions that owe a report and have raised no alarm, the longest paid first. */
export function owingTransactions(ledger: Ledger, limit: number) {
  return all<{ transactionId: string; outTradeNo: string; paidAt: number }>(
    ledger,
    `SELECT transaction_id AS transactionId, out_trade_no AS outTradeNo, paid_at AS paidAt FROM transactions
     WHERE reported_at IS NULL AND late_alarm_at IS NULL ORDER BY paid_at LIMIT ?`,
    limit,
  );
}
