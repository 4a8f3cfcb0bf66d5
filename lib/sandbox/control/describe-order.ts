import { describeReport, describeUpload } from "@/lib/sandbox/control/describe-delivery";
import { describeNotification } from "@/lib/sandbox/control/describe-notification";
import { describeRefund, time } from "@/lib/sandbox/control/describe-refund";
import { deliveryFactsOf } from "@/lib/sandbox/ledger/delivery-facts";
import { listReports } from "@/lib/sandbox/ledger/delivery-reports";
import { notificationsOf } from "@/lib/sandbox/ledger/notifications";
import type { Order } from "@/lib/sandbox/ledger/orders";
import { latestPrepay } from "@/lib/sandbox/ledger/prepays";
import { listRefunds, refundSumsOf } from "@/lib/sandbox/ledger/refunds";
import { listUploads } from "@/lib/sandbox/ledger/shipping-uploads";
import { tradeStateOf, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One number with all that WeChat's stand-in knows about it, as JSON. */
export function describeOrder(sandbox: Sandbox, order: Order, options: { withTries?: boolean } = {}) {
  const { ledger } = sandbox;
  const transactions = transactionsOf(ledger, order.outTradeNo);
  const notifications = notificationsOf(ledger, order.outTradeNo).reverse();
  const sums = transactions.map((one) => refundSumsOf(ledger, one.transactionId));
  const refunds = listRefunds(ledger, { outTradeNo: order.outTradeNo, limit: 200 }).reverse();
  return {
    outTradeNo: order.outTradeNo,
    tradeState: tradeStateOf(ledger, order, transactions),
    tradeType: order.tradeType,
    signType: order.signType,
    appId: order.appId,
    openid: order.openid,
    totalFen: order.totalFen,
    body: order.body,
    attach: order.attach,
    notifyUrl: order.notifyUrl,
    createdAt: time(order.createdAt),
    expiresAt: time(order.expiresAt),
    closedAt: time(order.closedAt),
    prepayId: latestPrepay(ledger, order.outTradeNo)?.prepayId ?? null,
    /** Fen that buyers have got back, and fen out of the merchant's purses for it: PROCESSING and CHANGE too. */
    refundedFen: sums.reduce((fen, one) => fen + one.succeededFen, 0),
    liveRefundFen: sums.reduce((fen, one) => fen + one.liveFen, 0),
    refunds: refunds.map((one) => describeRefund(sandbox, one)),
    transactions: transactions.map((one) => {
      const { reportedAt, lateAlarmAt } = deliveryFactsOf(ledger, one.transactionId);
      const told = { reportedAt: time(reportedAt), lateAlarmAt: time(lateAlarmAt) };
      return { ...one, paidAt: time(one.paidAt), ...told };
    }),
    reports: listReports(ledger, { outTradeNo: order.outTradeNo, limit: 200 }).reverse().map(describeReport),
    uploads: listUploads(ledger, { outTradeNo: order.outTradeNo, limit: 200 }).reverse().map(describeUpload),
    notifications: notifications.map((one) => describeNotification(sandbox, one, options)),
  };
}
