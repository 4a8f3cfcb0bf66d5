import type { describeRefund } from "@/lib/sandbox/control/describe-refund";
import type { RefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import { yuan } from "@/lib/sandbox/web/words";

type Refund = ReturnType<typeof describeRefund>;
export type Purses = { unsettledFen: number; rechargeFen: number };

/** What the commands about refunds print. */
export function refundLine(one: Refund): string {
  const when = one.settledAt ?? (one.settleAt ? `settles ${one.settleAt}` : "until told");
  const counts = `asked ${one.asked}×, executed ${one.executed}×`;
  return `${one.outRefundNo}  ${one.refundId}  ${one.status}  ${yuan(one.refundFen)}  ${one.recvAccount}  ${when}  (${counts})`;
}

export function refunds(answer: { refunds: Refund[] }): string {
  if (answer.refunds.length === 0) return "no refunds";
  return answer.refunds.map((one) => `${one.createdAt}  ${one.outTradeNo}  ${refundLine(one)}`).join("\n");
}

export function settled(answer: { notificationId: number; refund: Refund }): string {
  return `${refundLine(answer.refund)}\nnotification ${answer.notificationId} is on its way`;
}

export function portalRefund(answer: { refund: Refund }): string {
  return `accepted: ${refundLine(answer.refund)}`;
}

export function purses(answer: Purses): string {
  return `purses: unsettled ${yuan(answer.unsettledFen)}, recharge ${yuan(answer.rechargeFen)}`;
}

export function refundSettings(answer: RefundSettings): string {
  const ends = answer.settleMs === null ? "when told" : `${answer.settleMs / 1000} s after acceptance`;
  const gap = answer.gapMs === 0 ? "no gap" : `${answer.gapMs / 1000} s between two of one payment`;
  return `refunds: end ${ends}, ${gap}, told at ${answer.notifyUrl ?? "the payment's site, /api/notify/refund"}`;
}
