import { z } from "zod";
import { armFault } from "@/lib/sandbox/faults/arm";
import { changePurses, PurseChange } from "@/lib/sandbox/ledger/purses";
import { Refusal } from "@/lib/sandbox/pay-api/refusals";
import { makePortalRefund } from "@/lib/sandbox/refunds/make-portal-refund";
import { RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import { changeRefundSettings, RefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import { settledStatus, settleRefund } from "@/lib/sandbox/refunds/settle-refund";
import { type ConsoleAction, malformed, millisecondsOf, numberOf } from "@/lib/sandbox/web/console-form";
import { largestFen } from "@/lib/wechat/fen";

const refundFen = z.int().min(1).max(largestFen);

/** What the console's forms about refunds do. */
export const refundActions: Record<string, ConsoleAction> = {
  refund(sandbox, form) {
    const status = settledStatus.safeParse(form.get("status"));
    if (!status.success) return malformed(status.error);
    const settlement = settleRefund(sandbox, {
      outRefundNo: form.get("outRefundNo") ?? "",
      status: status.data,
    });
    if (settlement.ok) return { ok: true };
    const where = settlement.status ?? "unknown to the ledger";
    return { ok: false, text: `the refund is ${where}: it does not become ${status.data}` };
  },

  "portal-refund"(sandbox, form) {
    const reading = RefundPlan.extend({ refundFen }).safeParse({
      ...planOf(form),
      refundFen: numberOf(form, "refundFen"),
    });
    if (!reading.success) return malformed(reading.error);
    const outTradeNo = form.get("outTradeNo") ?? "";
    try {
      makePortalRefund(sandbox, { ...reading.data, outTradeNo, recharge: form.has("recharge") });
      return { ok: true };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ok: false, text: error.message };
    }
  },

  /** The same form, kept for the moment when the shop asks for a refund of this number. */
  "refund-plan"(sandbox, form) {
    const reading = RefundPlan.safeParse(planOf(form));
    if (!reading.success) return malformed(reading.error);
    const fault = {
      call: "refund-result",
      kind: "plan",
      outTradeNo: form.get("outTradeNo") ?? undefined,
      times: 1,
      options: { refundPlan: reading.data },
    } as const;
    armFault(sandbox.ledger, fault, sandbox.clock.now());
    return { ok: true };
  },

  purse(sandbox, form) {
    const reading = PurseChange.safeParse({
      unsettledFen: numberOf(form, "unsettledFen"),
      rechargeFen: numberOf(form, "rechargeFen"),
      topUpUnsettledFen: numberOf(form, "topUpFen"),
    });
    if (!reading.success) return malformed(reading.error);
    changePurses(sandbox.ledger, reading.data, sandbox.clock.now());
    return { ok: true };
  },

  "refund-settings"(sandbox, form) {
    const reading = RefundSettings.partial().safeParse({
      settleMs: form.has("hold") ? null : millisecondsOf(form, "settleSeconds"),
      gapMs: millisecondsOf(form, "gapSeconds"),
    });
    if (!reading.success) return malformed(reading.error);
    changeRefundSettings(sandbox.ledger, reading.data);
    return { ok: true };
  },
};

function planOf(form: URLSearchParams) {
  return {
    outcome: form.get("outcome") || undefined,
    settleMs: form.has("hold") ? null : millisecondsOf(form, "settleSeconds"),
    recvAccount: form.get("recvAccount")?.trim() || undefined,
    claim: form.get("claim") || undefined,
    notifyRefundFen: numberOf(form, "notifyRefundFen"),
    lateMs: millisecondsOf(form, "lateSeconds"),
    copies: numberOf(form, "copies"),
    drops: numberOf(form, "drops"),
  };
}
