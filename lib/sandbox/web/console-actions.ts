import { armFault, disarmFaults } from "@/lib/sandbox/faults/arm";
import { NewFault } from "@/lib/sandbox/faults/fault";
import { markClosed } from "@/lib/sandbox/ledger/orders";
import { resendNotification } from "@/lib/sandbox/notify/resend-notification";
import { pay } from "@/lib/sandbox/payments/pay";
import { PaymentPlan } from "@/lib/sandbox/payments/payment-plan";
import { isFactor } from "@/lib/sandbox/settings";
import { turnClock } from "@/lib/sandbox/turn-clock";
import { type ConsoleAction, malformed, numberOf } from "@/lib/sandbox/web/console-form";
import { deliveryActions } from "@/lib/sandbox/web/delivery-actions";
import { refundActions } from "@/lib/sandbox/web/refund-actions";

/** What the console's forms do, by the last part of their address. */
export const consoleActions: Record<string, ConsoleAction> = {
  ...refundActions,
  ...deliveryActions,

  pay(sandbox, form) {
    const reading = readPlan(form);
    if (!reading.success) return malformed(reading.error);
    const outcome = pay(sandbox, { outTradeNo: form.get("outTradeNo") ?? "", plan: reading.data });
    return outcome.ok ? { ok: true } : { ok: false, text: outcome.text };
  },

  /** The same form, kept for the moment when a person pays this number. */
  plan(sandbox, form) {
    const reading = readPlan(form);
    if (!reading.success) return malformed(reading.error);
    const outTradeNo = form.get("outTradeNo") ?? undefined;
    const fault = {
      call: "payment",
      kind: "plan",
      outTradeNo,
      times: 1,
      options: { plan: reading.data },
    } as const;
    armFault(sandbox.ledger, fault, sandbox.clock.now());
    return { ok: true };
  },

  close(sandbox, form) {
    markClosed(sandbox.ledger, { outTradeNo: form.get("outTradeNo") ?? "", now: sandbox.clock.now() });
    return { ok: true };
  },

  resend(sandbox, form) {
    const sent = resendNotification(sandbox, { id: numberOf(form, "id") });
    if (!sent) return { ok: false, text: "there is no such notification" };
    form.set("outTradeNo", sent.of.outTradeNo); // The page to come back to.
    return { ok: true };
  },

  fault(sandbox, form) {
    const [call, kind] = (form.get("fault") ?? "").split(" ");
    const seconds = numberOf(form, "delaySeconds");
    const reading = NewFault.safeParse({
      call,
      kind,
      outTradeNo: form.get("outTradeNo")?.trim() || undefined,
      times: numberOf(form, "times"),
      options: {
        delayMs: seconds === undefined ? undefined : seconds * 1000,
        code: form.get("code")?.trim() || undefined,
      },
    });
    if (!reading.success) return malformed(reading.error);
    armFault(sandbox.ledger, reading.data, sandbox.clock.now());
    return { ok: true };
  },

  disarm(sandbox, form) {
    disarmFaults(sandbox.ledger, numberOf(form, "id"));
    return { ok: true };
  },

  clock(sandbox, form) {
    if (form.has("reset")) {
      turnClock(sandbox, { reset: true });
      return { ok: true };
    }
    const factor = numberOf(form, "factor");
    const minutes = numberOf(form, "advanceMinutes") ?? 0;
    if (factor !== undefined && !isFactor(factor)) return { ok: false, text: "the factor is out of range" };
    if (!Number.isFinite(minutes)) return { ok: false, text: "the minutes are no number" };
    turnClock(sandbox, { factor, advanceMs: Math.round(minutes * 60_000) });
    return { ok: true };
  },
};

function readPlan(form: URLSearchParams) {
  const seconds = numberOf(form, "lateSeconds");
  return PaymentPlan.safeParse({
    claim: form.get("claim") || undefined,
    amountFen: numberOf(form, "amountFen"),
    notifyAmountFen: numberOf(form, "notifyAmountFen"),
    couponFen: numberOf(form, "couponFen"),
    lateMs: seconds === undefined ? undefined : seconds * 1000,
    copies: numberOf(form, "copies"),
    drops: numberOf(form, "drops"),
    money: form.has("money") || undefined,
    twice: form.has("twice") || undefined,
    force: form.has("force") || undefined,
  });
}
