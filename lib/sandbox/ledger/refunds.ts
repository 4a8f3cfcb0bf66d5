import { randomInt } from "node:crypto";
import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";

export const refundStatuses = ["PROCESSING", "SUCCESS", "CHANGE", "REFUNDCLOSE"] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** One refund that WeChat accepted. A refused request leaves no row, so its number can be used again. */
export type Refund = {
  refundId: string;
  outRefundNo: string;
  transactionId: string;
  outTradeNo: string;
  refundFen: number;
  /** The part of refundFen that was paid with a coupon and goes back to the coupon. */
  couponFen: number;
  /** refund_account: the purse it was paid from. */
  account: string;
  /** refund_request_source: VENDOR_PLATFORM was made by hand in the merchant platform. */
  source: "API" | "VENDOR_PLATFORM";
  description: string | null;
  notifyUrl: string;
  /** How it is to end, as JSON of a RefundPlan. */
  plan: string;
  status: RefundStatus;
  recvAccount: string;
  createdAt: number;
  /** When it settles by itself; null: when somebody tells it to. */
  settleAt: number | null;
  settledAt: number | null;
};

export function insertRefund(ledger: Ledger, refund: Refund): void {
  run(
    ledger,
    `INSERT INTO refunds (refund_id, out_refund_no, transaction_id, out_trade_no, refund_fen, coupon_fen, account, source,
       description, notify_url, plan, status, recv_account, created_at, settle_at, settled_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    refund.refundId,
    refund.outRefundNo,
    refund.transactionId,
    refund.outTradeNo,
    refund.refundFen,
    refund.couponFen,
    refund.account,
    refund.source,
    refund.description,
    refund.notifyUrl,
    refund.plan,
    refund.status,
    refund.recvAccount,
    refund.createdAt,
    refund.settleAt,
    refund.settledAt,
  );
}

/** Moves a refund on, unless it stands elsewhere by now. Answers whether it moved. */
export function moveRefund(
  ledger: Ledger,
  input: Pick<Refund, "refundId" | "status" | "recvAccount" | "settledAt"> & {
    from: readonly RefundStatus[];
  },
): boolean {
  const sql = `UPDATE refunds SET status = ?, recv_account = ?, settled_at = ?, settle_at = NULL
    WHERE refund_id = ? AND status IN (SELECT value FROM json_each(?))`;
  const { status, recvAccount, settledAt, refundId, from } = input;
  return run(ledger, sql, status, recvAccount, settledAt, refundId, JSON.stringify(from)) === 1;
}

export function findRefund(ledger: Ledger, outRefundNo: string): Refund | undefined {
  return first<Refund>(ledger, `${select} WHERE out_refund_no = ?`, outRefundNo);
}

export function findRefundById(ledger: Ledger, refundId: string): Refund | undefined {
  return first<Refund>(ledger, `${select} WHERE refund_id = ?`, refundId);
}

/** Newest first, one page of a transaction's. */
export function refundsOfTransaction(
  ledger: Ledger,
  input: { transactionId: string; skip: number; limit: number },
): Refund[] {
  const sql = `${select} WHERE transaction_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?`;
  return all<Refund>(ledger, sql, input.transactionId, input.limit, input.skip);
}

/** Newest first, of one number or of all. */
export function listRefunds(
  ledger: Ledger,
  input: { outTradeNo?: string; outRefundNo?: string; status?: RefundStatus; limit: number },
): Refund[] {
  return all<Refund>(
    ledger,
    `${select} WHERE (?1 IS NULL OR out_trade_no = ?1) AND (?2 IS NULL OR out_refund_no = ?2)
       AND (?3 IS NULL OR status = ?3) ORDER BY created_at DESC, rowid DESC LIMIT ?4`,
    input.outTradeNo ?? null,
    input.outRefundNo ?? null,
    input.status ?? null,
    input.limit,
  );
}

/** Those that settle by themselves, the next one first. */
export function waitingRefunds(ledger: Ledger, limit: number): Refund[] {
  const sql = `${select} WHERE status = 'PROCESSING' AND settle_at IS NOT NULL ORDER BY settle_at, rowid LIMIT ?`;
  return all<Refund>(ledger, sql, limit);
}

/** What stands against one transaction. Live is whatever WeChat did not close: it is out of the merchant's purse. */
export type RefundSums = {
  refunds: number;
  liveRefunds: number;
  liveFen: number;
  liveCouponFen: number;
  succeededFen: number;
  newestAt: number | null;
};

export function refundSumsOf(ledger: Ledger, transactionId: string): RefundSums {
  const live = "status <> 'REFUNDCLOSE'";
  const sums = first<RefundSums>(
    ledger,
    `SELECT count(*) AS refunds, count(*) FILTER (WHERE ${live}) AS liveRefunds,
       coalesce(sum(refund_fen) FILTER (WHERE ${live}), 0) AS liveFen,
       coalesce(sum(coupon_fen) FILTER (WHERE ${live}), 0) AS liveCouponFen,
       coalesce(sum(refund_fen) FILTER (WHERE status = 'SUCCESS'), 0) AS succeededFen,
       max(created_at) AS newestAt FROM refunds WHERE transaction_id = ?`,
    transactionId,
  );
  if (!sums) throw new Error("SQLite answered no sums");
  return sums;
}

/** 28 digits, beginning as WeChat's do. */
export function newRefundId(at: number): string {
  return `5039900000${dayAndSerial(at)}`;
}

/** What the merchant platform makes up for a refund by hand: the shop has never seen it. */
export function newPortalRefundNo(at: number): string {
  return `1019900000${dayAndSerial(at)}`;
}

function dayAndSerial(at: number): string {
  return `${toBeijingStamp(new Date(at)).slice(0, 8)}${String(randomInt(10_000_000_000)).padStart(10, "0")}`;
}

const select = `SELECT refund_id AS refundId, out_refund_no AS outRefundNo, transaction_id AS transactionId,
  out_trade_no AS outTradeNo, refund_fen AS refundFen, coupon_fen AS couponFen, account, source, description,
  notify_url AS notifyUrl, plan, status, recv_account AS recvAccount, created_at AS createdAt,
  settle_at AS settleAt, settled_at AS settledAt FROM refunds`;
