import { z } from "zod";
import type { ControlCall } from "@/lib/sandbox/control/control-call";
import { ControlError } from "@/lib/sandbox/control/control-error";
import { outRefundNo, outTradeNo, read, wait } from "@/lib/sandbox/control/control-input";
import { describeRefund } from "@/lib/sandbox/control/describe-refund";
import { armFault } from "@/lib/sandbox/faults/arm";
import { changePurses, PurseChange, readPurses } from "@/lib/sandbox/ledger/purses";
import { findRefund, listRefunds, type Refund, refundStatuses } from "@/lib/sandbox/ledger/refunds";
import { Refusal } from "@/lib/sandbox/pay-api/refusals";
import { makePortalRefund } from "@/lib/sandbox/refunds/make-portal-refund";
import { RefundMessagePlan, RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import {
  changeRefundSettings,
  RefundSettings,
  readRefundSettings,
} from "@/lib/sandbox/refunds/refund-settings";
import { queueRefundMessage, settledStatus, settleRefund } from "@/lib/sandbox/refunds/settle-refund";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { largestFen } from "@/lib/wechat/fen";

const refundFen = z.int().min(1).max(largestFen);

const ListRefunds = z.strictObject({
  outTradeNo: outTradeNo.optional(),
  outRefundNo: outRefundNo.optional(),
  status: z.enum(refundStatuses).optional(),
  limit: z.int().min(1).max(5_000).default(200),
});
const Settle = RefundMessagePlan.extend({
  outRefundNo,
  status: settledStatus,
  recvAccount: RefundPlan.shape.recvAccount,
  wait,
});
const Message = RefundMessagePlan.extend({ outRefundNo, status: settledStatus.optional(), wait });
const Plan = RefundPlan.extend({
  outTradeNo: outTradeNo.optional(),
  times: z.int().min(1).max(1_000).default(1),
});
const Portal = RefundPlan.extend({
  outTradeNo: outTradeNo.optional(),
  transactionId: z.string().min(1).max(32).optional(),
  refundFen,
  recharge: z.boolean().optional(),
});

/** The control calls about refunds. */
export const refundCalls: Record<string, ControlCall> = {
  refunds(sandbox, given) {
    const refunds = listRefunds(sandbox.ledger, read(ListRefunds, given));
    return { refunds: refunds.map((one) => describeRefund(sandbox, one)) };
  },

  async refund(sandbox, given) {
    const { outRefundNo: number, status, recvAccount, wait: waits, ...message } = read(Settle, given);
    const settlement = settleRefund(sandbox, { outRefundNo: number, status, recvAccount, message });
    if (!settlement.ok) {
      requireRefund(sandbox, number);
      throw new ControlError(409, `the refund is ${settlement.status}: it does not become ${status}`);
    }
    return await answer(sandbox, { outRefundNo: number, notificationId: settlement.notificationId, waits });
  },

  /** A message and nothing else: the ledger does not change, whatever it says. */
  async "refund-message"(sandbox, given) {
    const { outRefundNo: number, status, wait: waits, ...message } = read(Message, given);
    const refund = requireRefund(sandbox, number);
    const said = {
      ...refund,
      status: status ?? refund.status,
      settledAt: refund.settledAt ?? sandbox.clock.now(),
    };
    if (said.status === "PROCESSING") {
      throw new ControlError(409, "the refund is PROCESSING and WeChat says nothing of that: give a status");
    }
    const notificationId = queueRefundMessage(sandbox, said, message);
    sandbox.notifier.wake();
    return await answer(sandbox, { outRefundNo: number, notificationId, waits });
  },

  "refund-plan"(sandbox, given) {
    const { outTradeNo: number, times, ...refundPlan } = read(Plan, given);
    const fault = {
      call: "refund-result",
      kind: "plan",
      outTradeNo: number,
      times,
      options: { refundPlan },
    } as const;
    return { armed: armFault(sandbox.ledger, fault, sandbox.clock.now()) };
  },

  "portal-refund"(sandbox, given) {
    const wanted = read(Portal, given);
    try {
      return { refund: describeRefund(sandbox, makePortalRefund(sandbox, wanted)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new ControlError(409, error.message, error.code);
    }
  },

  purse(sandbox, given) {
    const { unsettled, recharge } = changePurses(
      sandbox.ledger,
      read(PurseChange, given),
      sandbox.clock.now(),
    );
    return { unsettledFen: unsettled, rechargeFen: recharge };
  },

  "refund-settings": (sandbox, given) => {
    const change = read(RefundSettings.partial(), given);
    return Object.keys(change).length === 0
      ? readRefundSettings(sandbox.ledger)
      : changeRefundSettings(sandbox.ledger, change);
  },
};

export function readPursesInFen(sandbox: Sandbox) {
  const { unsettled, recharge } = readPurses(sandbox.ledger);
  return { unsettledFen: unsettled, rechargeFen: recharge };
}

function requireRefund(sandbox: Sandbox, number: string): Refund {
  const refund = findRefund(sandbox.ledger, number);
  if (refund) return refund;
  throw new ControlError(404, `WeChat's ledger has no refund ${number}: was it accepted?`, "unknown");
}

async function answer(
  sandbox: Sandbox,
  input: { outRefundNo: string; notificationId: number; waits: boolean | undefined },
) {
  const { notificationId } = input;
  if (input.waits) await sandbox.notifier.nextTry(notificationId);
  return { notificationId, refund: describeRefund(sandbox, requireRefund(sandbox, input.outRefundNo)) };
}
