import { z } from "zod";
import { describePlan } from "@/lib/sandbox/describe-plan";
import { queueNotification } from "@/lib/sandbox/ledger/notifications";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { movePurse, purseOfAccount } from "@/lib/sandbox/ledger/purses";
import { findRefund, moveRefund, type Refund, type RefundStatus } from "@/lib/sandbox/ledger/refunds";
import { findTransaction } from "@/lib/sandbox/ledger/transactions";
import { refundMessage } from "@/lib/sandbox/notify/refund-message";
import type { RefundMessagePlan, RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import type { Sandbox } from "@/lib/sandbox/sandbox";

export const settledStatus = z.enum(["SUCCESS", "CHANGE", "REFUNDCLOSE"]);
export type SettledStatus = z.infer<typeof settledStatus>;

/** From where each end is reached: what was closed or paid back stays so, what is abnormal can still succeed. */
const from: Record<SettledStatus, readonly RefundStatus[]> = {
  SUCCESS: ["PROCESSING", "CHANGE"],
  CHANGE: ["PROCESSING"],
  REFUNDCLOSE: ["PROCESSING"],
};

export type Settlement = { ok: true; notificationId: number } | { ok: false; status: RefundStatus | null };

/**
 * Ends a refund, or leaves it to the merchant (CHANGE), and queues its notification, in one step. What is
 * closed gives its money back to the purse it came from.
 */
export function settleRefund(
  sandbox: Sandbox,
  input: { outRefundNo: string; status: SettledStatus; recvAccount?: string; message?: RefundMessagePlan },
): Settlement {
  const { ledger, clock } = sandbox;
  const settlement = inOneStep(ledger, (): Settlement => {
    const known = findRefund(ledger, input.outRefundNo);
    if (!known) return { ok: false, status: null };
    const { refundId } = known;
    const { status } = input;
    const now = clock.now();
    const recvAccount = status === "REFUNDCLOSE" ? backAtMerchant : (input.recvAccount ?? known.recvAccount);
    const moved = moveRefund(ledger, { refundId, status, recvAccount, settledAt: now, from: from[status] });
    if (!moved) return { ok: false, status: known.status };
    if (status === "REFUNDCLOSE") {
      const purse = purseOfAccount[known.account] ?? "unsettled";
      movePurse(ledger, { purse, fen: known.refundFen, why: "returned", refundId, now });
    }
    const refund = { ...known, status, recvAccount, settledAt: now };
    const planned = known.status === "PROCESSING" ? messagePartOf(known) : {};
    return {
      ok: true,
      notificationId: queueRefundMessage(sandbox, refund, { ...planned, ...input.message }),
    };
  });
  sandbox.notifier.wake();
  return settlement;
}

const backAtMerchant = "商户基本账户"; // 退还商户, as WeChat names it.

/** Puts the message about a refund into the queue, as it stands in the ledger or as `refund` says it does. */
export function queueRefundMessage(sandbox: Sandbox, refund: Refund, message: RefundMessagePlan): number {
  const { ledger, identity, clock } = sandbox;
  const order = findOrder(ledger, refund.outTradeNo);
  const transaction = findTransaction(ledger, refund.transactionId);
  if (!order || !transaction) throw new Error(`refund ${refund.refundId} has lost its order`);
  const { claim, notifyRefundFen: refundFen, lateMs, copies, drops } = message;
  return queueNotification(ledger, {
    kind: "refund",
    label: `refund ${refund.status} ${describePlan(message, "")}`.trim(),
    outTradeNo: refund.outTradeNo,
    transactionId: refund.transactionId,
    outRefundNo: refund.outRefundNo,
    url: refund.notifyUrl,
    body: refundMessage({ identity, order, transaction, refund, claim, refundFen }),
    now: clock.now(),
    lateMs,
    copies,
    drops,
    once: claim !== undefined && claim !== "fail", // A forger has no retry schedule.
  });
}

function messagePartOf(refund: Refund): RefundMessagePlan {
  const { outcome: _, settleMs: __, recvAccount: ___, ...message } = JSON.parse(refund.plan) as RefundPlan;
  return message;
}
