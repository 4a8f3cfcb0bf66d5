import { randomInt } from "node:crypto";
import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import type { Order } from "@/lib/sandbox/ledger/orders";
import { refundSumsOf } from "@/lib/sandbox/ledger/refunds";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";

/** Money taken from a buyer. WeChat takes it once for a number; a fault may take it twice. */
export type Transaction = {
  transactionId: string;
  outTradeNo: string;
  totalFen: number;
  couponFen: number;
  openid: string;
  bankType: string;
  paidAt: number;
};

export type TradeState = "SUCCESS" | "REFUND" | "NOTPAY" | "CLOSED";

export function insertTransaction(ledger: Ledger, input: Omit<Transaction, "transactionId" | "bankType">) {
  const transaction = { ...input, transactionId: newTransactionId(input.paidAt), bankType: "OTHERS" };
  run(
    ledger,
    `INSERT INTO transactions (transaction_id, out_trade_no, total_fen, coupon_fen, openid, bank_type, paid_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    transaction.transactionId,
    transaction.outTradeNo,
    transaction.totalFen,
    transaction.couponFen,
    transaction.openid,
    transaction.bankType,
    transaction.paidAt,
  );
  return transaction;
}

export function transactionsOf(ledger: Ledger, outTradeNo: string): Transaction[] {
  return all<Transaction>(ledger, `${select} WHERE out_trade_no = ? ORDER BY paid_at, rowid`, outTradeNo);
}

export function findTransaction(ledger: Ledger, transactionId: string): Transaction | undefined {
  return first<Transaction>(ledger, `${select} WHERE transaction_id = ?`, transactionId);
}

/** Money outranks a closing: a number that was paid all the same says so. One refund in any state makes it REFUND. */
export function tradeStateOf(ledger: Ledger, order: Order, transactions: Transaction[]): TradeState {
  if (transactions.some((one) => refundSumsOf(ledger, one.transactionId).refunds > 0)) return "REFUND";
  if (transactions.length > 0) return "SUCCESS";
  return order.closedAt === null ? "NOTPAY" : "CLOSED";
}

/** 28 digits as WeChat's are: a prefix, the Beijing day, ten of a serial. */
export function newTransactionId(at: number): string {
  const serial = String(randomInt(10_000_000_000)).padStart(10, "0");
  return `4299000000${toBeijingStamp(new Date(at)).slice(0, 8)}${serial}`;
}

const select = `SELECT transaction_id AS transactionId, out_trade_no AS outTradeNo, total_fen AS totalFen,
  coupon_fen AS couponFen, openid, bank_type AS bankType, paid_at AS paidAt FROM transactions`;
