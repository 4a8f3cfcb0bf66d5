import { time } from "@/lib/sandbox/control/describe-refund";
import type { Notification } from "@/lib/sandbox/ledger/notifications";
import { triesOf } from "@/lib/sandbox/ledger/tries";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One message to the merchant as JSON; with its bytes and every try of it where they are asked for. */
export function describeNotification(
  sandbox: Sandbox,
  one: Notification,
  options: { withTries?: boolean } = {},
) {
  return {
    id: one.id,
    kind: one.kind,
    label: one.label,
    transactionId: one.transactionId,
    outRefundNo: one.outRefundNo,
    status: one.status,
    tries: one.tries,
    nextAt: time(one.nextAt),
    ...(options.withTries && {
      body: one.body,
      attempts: triesOf(sandbox.ledger, one.id).map((attempt) => ({ ...attempt, at: time(attempt.at) })),
    }),
  };
}

/** One alarm as JSON. It may be about no order at all. */
export function describeAlarm(sandbox: Sandbox, one: Notification) {
  const outTradeNo = one.outTradeNo || null;
  return { ...describeNotification(sandbox, one, { withTries: true }), outTradeNo, url: one.url };
}
