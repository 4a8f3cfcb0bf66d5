import {
  findNotification,
  type Notification,
  newestOfRefund,
  notificationsOf,
  queueNotification,
} from "@/lib/sandbox/ledger/notifications";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * Sends the same bytes again, as WeChat's servers sometimes do: one more message in the queue, the first
 * one untouched. Takes the newest result of a number, or of a refund's number, when no id is given; an alarm is
 * repeated by its id. Null when there is nothing to repeat.
 */
export function resendNotification(
  sandbox: Sandbox,
  input: { id?: number; outTradeNo?: string; outRefundNo?: string; copies?: number },
): { id: number; of: Notification } | null {
  const of = findWanted(sandbox, input);
  if (!of) return null;
  const now = sandbox.clock.now();
  const label = of.label.endsWith(repeated) ? of.label : `${of.label}${repeated}`;
  const { copies } = input;
  const id = queueNotification(sandbox.ledger, { ...of, label, now, copies, drops: 0 });
  sandbox.notifier.wake();
  return { id, of };
}

function findWanted(sandbox: Sandbox, input: { id?: number; outTradeNo?: string; outRefundNo?: string }) {
  if (input.id !== undefined) return findNotification(sandbox.ledger, input.id);
  if (input.outRefundNo !== undefined) return newestOfRefund(sandbox.ledger, input.outRefundNo);
  const ofOrder = notificationsOf(sandbox.ledger, input.outTradeNo ?? "");
  return ofOrder.find((one) => one.kind !== "alarm");
}

const repeated = " (again)";
