import { describePlan } from "@/lib/sandbox/describe-plan";
import { firstBuyer, openidOf } from "@/lib/sandbox/identity/buyers";
import { queueNotification } from "@/lib/sandbox/ledger/notifications";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { findOrder, type Order } from "@/lib/sandbox/ledger/orders";
import { prepayLifeMs } from "@/lib/sandbox/ledger/prepays";
import {
  insertTransaction,
  newTransactionId,
  type Transaction,
  transactionsOf,
} from "@/lib/sandbox/ledger/transactions";
import { paymentMessage } from "@/lib/sandbox/notify/payment-message";
import type { PaymentPlan } from "@/lib/sandbox/payments/payment-plan";
import type { Sandbox } from "@/lib/sandbox/sandbox";

export type PayOutcome =
  | { ok: true; transactionIds: string[]; notificationIds: number[] }
  | { ok: false; code: PayRefusal; text: string };
export type PayRefusal = "unknown" | "paid" | "closed" | "expired" | "no_weaker_signature";

/**
 * A buyer pays a number: the money goes into the ledger and the notification into the queue, in one step.
 * What `plan` says goes wrong, goes wrong here.
 */
export function pay(
  sandbox: Sandbox,
  input: { outTradeNo: string; plan?: PaymentPlan; buyer?: string },
): PayOutcome {
  const plan = input.plan ?? {};
  const outcome = inOneStep(sandbox.ledger, () => {
    const order = findOrder(sandbox.ledger, input.outTradeNo);
    const refusal = order ? whyNot(sandbox, order, plan) : refusals.unknown;
    if (!order || refusal) return { ok: false as const, ...(refusal ?? refusals.unknown) };
    const buyer = input.buyer ?? firstBuyer;
    const openid = order.openid ?? openidOf(sandbox, { buyer, appId: order.appId });
    const times = plan.twice ? 2 : 1;
    const paid = Array.from({ length: times }, (_, nth) => payOnce(sandbox, { order, plan, openid, nth }));
    return {
      ok: true as const,
      transactionIds: paid.flatMap((one) => one.transactionIds),
      notificationIds: paid.map((one) => one.notificationId),
    };
  });
  sandbox.notifier.wake();
  sandbox.lateWatch.wake();
  return outcome;
}

function payOnce(sandbox: Sandbox, input: { order: Order; plan: PaymentPlan; openid: string; nth: number }) {
  const { order, plan } = input;
  const now = sandbox.clock.now() + input.nth * secondPaymentAfterMs;
  const facts = {
    outTradeNo: order.outTradeNo,
    totalFen: plan.amountFen ?? order.totalFen,
    couponFen: plan.couponFen ?? 0,
    openid: input.openid,
    paidAt: now,
  };
  const moves = plan.money ?? plan.claim === undefined;
  const transaction: Transaction = moves
    ? insertTransaction(sandbox.ledger, facts)
    : { ...facts, transactionId: newTransactionId(now), bankType: "OTHERS" };
  const message = {
    identity: sandbox.identity,
    order,
    transaction,
    claim: plan.claim,
    totalFen: plan.notifyAmountFen,
    feeType: plan.currency,
  };
  const notificationId = queueNotification(sandbox.ledger, {
    kind: "payment",
    label: describePlan(plan),
    outTradeNo: order.outTradeNo,
    transactionId: transaction.transactionId,
    url: order.notifyUrl,
    body: paymentMessage(message),
    now,
    lateMs: plan.lateMs,
    copies: plan.copies,
    drops: plan.drops,
    once: plan.claim !== undefined && plan.claim !== "fail", // A forger has no retry schedule.
  });
  return { transactionIds: moves ? [transaction.transactionId] : [], notificationId };
}

const secondPaymentAfterMs = 200; // So that the first payment is the first everywhere.

const refusals = {
  unknown: { code: "unknown", text: "no such out_trade_no: the shop has not called unifiedorder with it" },
  paid: { code: "paid", text: "this number is paid already; --force or --twice pays it again" },
  closed: { code: "closed", text: "this number is closed; --force pays it all the same" },
  expired: { code: "expired", text: "this number has expired; --force pays it all the same" },
  no_weaker_signature: {
    code: "no_weaker_signature",
    text: "this order is signed with MD5: there is no weaker algorithm",
  },
} as const satisfies Record<PayRefusal, { code: PayRefusal; text: string }>;

function whyNot(sandbox: Sandbox, order: Order, plan: PaymentPlan) {
  if (plan.claim === "weaker" && order.signType === "MD5") return refusals.no_weaker_signature;
  if (plan.force || (plan.claim !== undefined && !plan.money)) return null; // A liar needs no payable order.
  return whyNotPayable(sandbox, order);
}

/** Why a buyer cannot pay this number now, or null when it can be paid. */
export function whyNotPayable(sandbox: Sandbox, order: Order) {
  if (transactionsOf(sandbox.ledger, order.outTradeNo).length > 0) return refusals.paid;
  if (order.closedAt !== null) return refusals.closed;
  const expiresAt = order.expiresAt ?? order.createdAt + unlimitedLifeMs;
  return expiresAt <= sandbox.clock.now() ? refusals.expired : null;
}

const unlimitedLifeMs = 84 * prepayLifeMs; // Seven days, WeChat's default where no time_expire was sent.
