import { all, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** One 发货通知 that WeChat accepted. The same bytes again are the same row, with one more copy. */
export type DeliveryReport = {
  transactionId: string;
  outTradeNo: string;
  appId: string;
  openid: string;
  /** 1 delivered, 0 not, with its reason in `message`. */
  status: 0 | 1;
  message: string;
  /** Seconds, as sent. */
  deliverTimestamp: string;
  /** The JSON as it came. */
  body: string;
  copies: number;
  firstAt: number;
  lastAt: number;
};

const keptPerTransaction = 200; // A shop that reports for ever must not fill the ledger.

export function recordReport(
  ledger: Ledger,
  input: Omit<DeliveryReport, "copies" | "firstAt" | "lastAt"> & { now: number },
): void {
  run(
    ledger,
    `INSERT INTO delivery_reports (transaction_id, out_trade_no, app_id, openid, status, message, deliver_timestamp,
       body, first_at, last_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
     ON CONFLICT (transaction_id, body) DO UPDATE SET copies = copies + 1, last_at = excluded.last_at`,
    input.transactionId,
    input.outTradeNo,
    input.appId,
    input.openid,
    input.status,
    input.message,
    input.deliverTimestamp,
    input.body,
    input.now,
  );
  run(
    ledger,
    `DELETE FROM delivery_reports WHERE transaction_id = ?1 AND id NOT IN
       (SELECT id FROM delivery_reports WHERE transaction_id = ?1 ORDER BY id DESC LIMIT ?2)`,
    input.transactionId,
    keptPerTransaction,
  );
}

/** Newest first, of one number or of all. */
export function listReports(
  ledger: Ledger,
  input: { outTradeNo?: string; transactionId?: string; limit: number },
): DeliveryReport[] {
  return all<DeliveryReport>(
    ledger,
    `SELECT transaction_id AS transactionId, out_trade_no AS outTradeNo, app_id AS appId, openid, status, message,
       deliver_timestamp AS deliverTimestamp, body, copies, first_at AS firstAt, last_at AS lastAt FROM delivery_reports
     WHERE (?1 IS NULL OR out_trade_no = ?1) AND (?2 IS NULL OR transaction_id = ?2) ORDER BY id DESC LIMIT ?3`,
    input.outTradeNo ?? null,
    input.transactionId ?? null,
    input.limit,
  );
}
