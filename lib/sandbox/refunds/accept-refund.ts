import { takeFault } from "@/lib/sandbox/faults/arm";
import type { Order } from "@/lib/sandbox/ledger/orders";
import { balanceOf, movePurse, purseOfAccount } from "@/lib/sandbox/ledger/purses";
import { insertRefund, newRefundId, type Refund, refundSumsOf } from "@/lib/sandbox/ledger/refunds";
import type { Transaction } from "@/lib/sandbox/ledger/transactions";
import { refuse, refuseSaying } from "@/lib/sandbox/pay-api/refusals";
import type { RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import { readRefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import type { Sandbox } from "@/lib/sandbox/sandbox";

const yearMs = 365 * 24 * 60 * 60_000;
const mostRefunds = 50; // "一笔订单最多支持50次部分退款": those that WeChat closed do not count.
const changeOfTheBuyer = "支付用户零钱";

export type RefundRequest = Pick<
  Refund,
  "outRefundNo" | "refundFen" | "account" | "source" | "description"
> & {
  order: Order;
  transaction: Transaction;
  notifyUrl: string | undefined;
  /** Its own; without one, what was armed for the shop's next refund strikes it. */
  plan?: RefundPlan;
};

/**
 * Accepts a refund: the money leaves the merchant's purse, its result comes later. Throws the Refusal that a
 * broken rule earns. To be called in one step of the ledger's, for a number that has no refund yet.
 */
export function acceptRefund(sandbox: Sandbox, request: RefundRequest): Refund {
  checkRules(sandbox, request);
  const { ledger, clock } = sandbox;
  const { order, transaction, notifyUrl, plan: given, ...facts } = request;
  const now = clock.now();
  const settings = readRefundSettings(ledger);
  const plan = given ?? takePlan(sandbox, request);
  const settleMs = plan.settleMs === undefined ? settings.settleMs : plan.settleMs;
  const refund: Refund = {
    ...facts,
    refundId: newRefundId(now),
    transactionId: transaction.transactionId,
    outTradeNo: order.outTradeNo,
    couponFen: couponPartOf(sandbox, request),
    notifyUrl: notifyUrl ?? settings.notifyUrl ?? new URL("/api/notify/refund", order.notifyUrl).href,
    plan: JSON.stringify(plan),
    status: "PROCESSING",
    recvAccount: plan.recvAccount ?? changeOfTheBuyer,
    createdAt: now,
    settleAt: settleMs === null ? null : Math.round(now + clock.scaled(settleMs)),
    settledAt: null,
  };
  insertRefund(ledger, refund);
  const purse = purseOfAccount[refund.account] ?? "unsettled";
  movePurse(ledger, { purse, fen: -refund.refundFen, why: "refund", refundId: refund.refundId, now });
  return refund;
}

/** In WeChat's order as far as it shows: what can never be refunded first, what may be later after it. */
function checkRules(sandbox: Sandbox, request: RefundRequest): void {
  const { ledger, clock } = sandbox;
  const { transaction } = request;
  const sums = refundSumsOf(ledger, transaction.transactionId);
  const now = clock.now();
  if (now - transaction.paidAt > yearMs) throw refuse("TRADE_OVERDUE");
  if (sums.liveFen + request.refundFen > transaction.totalFen) throw refuse("ERROR");
  if (sums.liveRefunds >= mostRefunds) throw refuseSaying("ERROR", "该订单部分退款次数已达上限50次");
  if (request.source === "API" && sums.newestAt !== null) {
    const gapMs = clock.scaled(readRefundSettings(ledger).gapMs);
    if (now - sums.newestAt < gapMs) throw refuse("FREQUENCY_LIMITED");
  }
  const purse = purseOfAccount[request.account] ?? "unsettled";
  if (balanceOf(ledger, purse) < request.refundFen) {
    throw purse === "unsettled"
      ? refuse("NOTENOUGH")
      : refuseSaying("NOTENOUGH", "基本账户余额不足，请充值后重新发起");
  }
}

function takePlan(sandbox: Sandbox, request: RefundRequest): RefundPlan {
  const { outRefundNo, order } = request;
  const fault = takeFault(sandbox.ledger, {
    call: "refund-result",
    outTradeNo: order.outTradeNo,
    outRefundNo,
  });
  return fault?.options.refundPlan ?? {};
}

/** In proportion to what is left of both, so that the last refund gives back the coupon's last fen. */
function couponPartOf(sandbox: Sandbox, { transaction, refundFen }: RefundRequest): number {
  const sums = refundSumsOf(sandbox.ledger, transaction.transactionId);
  const couponLeft = Math.min(transaction.couponFen, transaction.totalFen) - sums.liveCouponFen;
  const fenLeft = transaction.totalFen - sums.liveFen;
  return Number((BigInt(couponLeft) * BigInt(refundFen)) / BigInt(fenLeft)); // Beyond 2^53 before the division.
}
