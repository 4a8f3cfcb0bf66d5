import { takeFault } from "@/lib/sandbox/faults/arm";
import { type PayOutcome, pay } from "@/lib/sandbox/payments/pay";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * A person pays at the cashier or in the bridge: whatever was armed for the next payment strikes it. Here
 * money moves even if the notification will lie about it; only a payment planned to fail takes none.
 */
export function payAsBuyer(sandbox: Sandbox, input: { outTradeNo: string; buyer: string }): PayOutcome {
  const fault = takeFault(sandbox.ledger, { call: "payment", outTradeNo: input.outTradeNo });
  const plan = fault?.options.plan;
  return pay(sandbox, { ...input, plan: plan && { money: plan.claim !== "fail", ...plan } });
}
