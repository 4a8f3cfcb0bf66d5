import { notificationsOf } from "@/lib/sandbox/ledger/notifications";
import type { Order } from "@/lib/sandbox/ledger/orders";
import { latestPrepay } from "@/lib/sandbox/ledger/prepays";
import { tradeStateOf, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { triesOf } from "@/lib/sandbox/ledger/tries";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One number with all that WeChat's stand-in knows about it, as JSON. */
export function describeOrder(sandbox: Sandbox, order: Order, options: { withTries?: boolean } = {}) {
  const { ledger } = sandbox;
  const transactions = transactionsOf(ledger, order.outTradeNo);
  const notifications = notificationsOf(ledger, order.outTradeNo).reverse();
  return {
    outTradeNo: order.outTradeNo,
    tradeState: tradeStateOf(order, transactions),
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
    transactions: transactions.map((one) => ({ ...one, paidAt: time(one.paidAt) })),
    notifications: notifications.map((one) => ({
      id: one.id,
      kind: one.kind,
      label: one.label,
      transactionId: one.transactionId,
      status: one.status,
      tries: one.tries,
      nextAt: time(one.nextAt),
      ...(options.withTries && {
        body: one.body,
        attempts: triesOf(ledger, one.id).map((attempt) => ({ ...attempt, at: time(attempt.at) })),
      }),
    })),
  };
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
