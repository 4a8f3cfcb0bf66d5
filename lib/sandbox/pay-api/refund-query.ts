import { findOrder } from "@/lib/sandbox/ledger/orders";
import {
  findRefund,
  findRefundById,
  type Refund,
  refundSumsOf,
  refundsOfTransaction,
} from "@/lib/sandbox/ledger/refunds";
import { findTransaction, type Transaction, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { requireOwn } from "@/lib/sandbox/pay-api/order-query";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { couponRefundFields, paidFields } from "@/lib/sandbox/pay-api/refund-fields";
import { refuse, refuseSaying } from "@/lib/sandbox/pay-api/refusals";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { toBeijingText } from "@/lib/wechat/beijing-time";
import type { Fields } from "@/lib/wechat/xml";

const perPage = 10;

/**
 * POST /pay/refundquery, by refund_id, out_refund_no, transaction_id or out_trade_no, the first of them that
 * is given. By a payment's number the newest ten come first, and `offset` turns the page.
 */
export const refundQuery: PayCall = (sandbox, { fields }) => answer(sandbox, fields, (refund) => refund);

/** The `stale` fault: the refund has ended, and the query does not know it yet. */
export const staleRefundQuery: PayCall = (sandbox, { fields }) =>
  answer(sandbox, fields, (refund) => ({ ...refund, status: "PROCESSING" }));

function answer(sandbox: Sandbox, fields: Fields, seen: (refund: Refund) => Refund): ReturnType<PayCall> {
  const { transaction, refunds } = findAsked(sandbox, fields);
  const order = findOrder(sandbox.ledger, transaction.outTradeNo);
  if (order?.appId !== fields.appid) throw refuse("REFUNDNOTEXIST");
  const { signType } = requireOwn(order, fields);
  const own = {
    total_refund_count: String(refundSumsOf(sandbox.ledger, transaction.transactionId).refunds),
    transaction_id: transaction.transactionId,
    out_trade_no: transaction.outTradeNo,
    ...paidFields(transaction),
    refund_count: String(refunds.length),
  };
  return { signType, fields: Object.assign(own, ...refunds.map((one, nth) => refundFields(seen(one), nth))) };
}

function findAsked(sandbox: Sandbox, fields: Fields): { transaction: Transaction; refunds: Refund[] } {
  const { ledger } = sandbox;
  if (fields.refund_id || fields.out_refund_no) {
    const refund = fields.refund_id
      ? findRefundById(ledger, fields.refund_id)
      : findRefund(ledger, fields.out_refund_no ?? "");
    const transaction = refund && findTransaction(ledger, refund.transactionId);
    if (!refund || !transaction) throw refuse("REFUNDNOTEXIST");
    return { transaction, refunds: [refund] };
  }
  const transaction = findPaid(sandbox, fields);
  const { transactionId } = transaction;
  const total = refundSumsOf(ledger, transactionId).refunds;
  if (total === 0) throw refuse("REFUNDNOTEXIST");
  const skip = readOffset(fields.offset);
  if (skip >= total) throw refuseSaying("PARAM_ERROR", "offset超过退款总笔数");
  return { transaction, refunds: refundsOfTransaction(ledger, { transactionId, skip, limit: perPage }) };
}

function findPaid(sandbox: Sandbox, fields: Fields): Transaction {
  if (fields.transaction_id) {
    const transaction = findTransaction(sandbox.ledger, fields.transaction_id);
    if (!transaction) throw refuse("INVALID_TRANSACTIONID");
    return transaction;
  }
  if (!fields.out_trade_no) throw refuse("LACK_PARAMS", "out_refund_no");
  const [transaction] = transactionsOf(sandbox.ledger, fields.out_trade_no);
  if (!transaction) throw refuse("REFUNDNOTEXIST");
  return transaction;
}

function readOffset(text: string | undefined): number {
  if (!text) return 0;
  if (!/^[0-9]{1,6}$/.test(text)) throw refuse("PARAM_ERROR", "offset");
  return Number(text);
}

function refundFields(refund: Refund, nth: number): Record<string, string> {
  const succeededAt = refund.status === "SUCCESS" ? refund.settledAt : null;
  const own = {
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_channel: "ORIGINAL",
    refund_fee: String(refund.refundFen),
    settlement_refund_fee: String(refund.refundFen - refund.couponFen),
    refund_status: refund.status,
    refund_account: refund.account,
    refund_recv_accout: refund.recvAccount,
    ...(succeededAt !== null && { refund_success_time: toBeijingText(new Date(succeededAt)) }),
  };
  const numbered = Object.entries(own).map(([name, value]) => [`${name}_${nth}`, value]);
  return { ...Object.fromEntries(numbered), ...couponRefundFields(refund, nth) };
}
