import type { Refund } from "@/lib/sandbox/ledger/refunds";
import type { RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import { type Settlement, settleRefund } from "@/lib/sandbox/refunds/settle-refund";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** Ends a refund as its plan says: with SUCCESS when it says nothing. */
export function settleAsPlanned(sandbox: Sandbox, refund: Refund): Settlement {
  const plan = JSON.parse(refund.plan) as RefundPlan;
  return settleRefund(sandbox, { outRefundNo: refund.outRefundNo, status: plan.outcome ?? "SUCCESS" });
}
