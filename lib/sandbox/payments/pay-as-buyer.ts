import { takeFault } from "@/lib/sandbox/faults/arm";
import { type PayOutcome, pay } from "@/lib/sandbox/payments/pay";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** A person pays at the cashier or in the bridge: whatever was armed for the next payment strikes it. */
export function payAsBuyer(sandbox: Sandbox, input: { outTradeNo: string; buyer: string }): PayOutcome {
  const fault = takeFault(sandbox.ledger, { call: "payment", outTradeNo: input.outTradeNo });
  return pay(sandbox, { ...input, plan: fault?.options.plan });
}
