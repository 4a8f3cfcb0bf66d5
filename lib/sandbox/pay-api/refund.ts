import { findOrder } from "@/lib/sandbox/ledger/orders";
import { findRefund, type Refund } from "@/lib/sandbox/ledger/refunds";
import { findTransaction, type Transaction, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { checkRefundFields } from "@/lib/sandbox/pay-api/check-refund-fields";
import { requireOwn } from "@/lib/sandbox/pay-api/order-query";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { couponRefundFields, paidFields } from "@/lib/sandbox/pay-api/refund-fields";
import { refuse, refuseSaying } from "@/lib/sandbox/pay-api/refusals";
import { acceptRefund } from "@/lib/sandbox/refunds/accept-refund";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { Fields } from "@/lib/wechat/xml";

const defaultAccount = "REFUND_SOURCE_UNSETTLED_FUNDS";

/**
 * POST /secapi/pay/refund. The same out_refund_no with the same amount and order is the same refund, executed
 * once and answered alike for ever; with others it is refused. A refused request has executed nothing.
 */
export const refundOrder: PayCall = (sandbox, { fields }) => {
  checkRefundFields(fields);
  const transaction = findPaid(sandbox, fields);
  const order = requireOwn(findOrder(sandbox.ledger, transaction.outTradeNo), fields);
  const known = findRefund(sandbox.ledger, fields.out_refund_no ?? "");
  const refundFen = Number(fields.refund_fee);
  const differs =
    Number(fields.total_fee) !== transaction.totalFen ||
    (known && (known.transactionId !== transaction.transactionId || known.refundFen !== refundFen));
  if (differs) throw refuseSaying("INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试");
  const refund =
    known ??
    acceptRefund(sandbox, {
      order,
      transaction,
      outRefundNo: fields.out_refund_no ?? "",
      refundFen,
      account: fields.refund_account || defaultAccount,
      source: "API",
      description: fields.refund_desc || null,
      notifyUrl: fields.notify_url || undefined,
    });
  return { signType: order.signType, fields: accepted(transaction, refund) };
};

/** By transaction_id, which wins, or by out_trade_no. */
function findPaid(sandbox: Sandbox, fields: Fields): Transaction {
  if (fields.transaction_id) {
    const transaction = findTransaction(sandbox.ledger, fields.transaction_id);
    if (!transaction) throw refuse("INVALID_TRANSACTIONID");
    return transaction;
  }
  const [transaction] = transactionsOf(sandbox.ledger, fields.out_trade_no ?? "");
  if (!transaction) throw refuse("ORDERNOTEXIST");
  return transaction;
}

/** 受理成功: that it was accepted, not that any money has arrived. */
function accepted(transaction: Transaction, refund: Refund): Record<string, string> {
  return {
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_fee: String(refund.refundFen),
    settlement_refund_fee: String(refund.refundFen - refund.couponFen),
    ...paidFields(transaction),
    cash_fee_type: "CNY",
    cash_refund_fee: String(refund.refundFen - refund.couponFen),
    ...couponRefundFields(refund),
  };
}
