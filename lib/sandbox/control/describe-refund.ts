import { countRefundCalls } from "@/lib/sandbox/ledger/calls";
import { countPaidOut } from "@/lib/sandbox/ledger/purses";
import type { Refund } from "@/lib/sandbox/ledger/refunds";
import type { RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One refund as JSON. `asked` is how often the shop called with its number, `executed` how often money left for it. */
export function describeRefund(sandbox: Sandbox, refund: Refund) {
  const { plan, createdAt, settleAt, settledAt, ...facts } = refund;
  return {
    ...facts,
    plan: JSON.parse(plan) as RefundPlan,
    createdAt: time(createdAt),
    settleAt: time(settleAt),
    settledAt: time(settledAt),
    asked: countRefundCalls(sandbox.ledger, refund.outRefundNo),
    executed: countPaidOut(sandbox.ledger, refund.refundId),
  };
}

export function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
