import {
  findNotification,
  type Notification,
  notificationsOf,
  queueNotification,
} from "@/lib/sandbox/ledger/notifications";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * Sends the same bytes again, as WeChat's servers sometimes do: one more message in the queue, the first
 * one untouched. Takes the newest of a number when no id is given. Null when there is nothing to repeat.
 */
export function resendNotification(
  sandbox: Sandbox,
  input: { id?: number; outTradeNo?: string; copies?: number },
): { id: number; of: Notification } | null {
  const of =
    input.id === undefined
      ? notificationsOf(sandbox.ledger, input.outTradeNo ?? "")[0]
      : findNotification(sandbox.ledger, input.id);
  if (!of) return null;
  const now = sandbox.clock.now();
  const label = of.label.endsWith(repeated) ? of.label : `${of.label}${repeated}`;
  const { copies } = input;
  const id = queueNotification(sandbox.ledger, { ...of, label, now, copies, drops: 0 });
  sandbox.notifier.wake();
  return { id, of };
}

const repeated = " (again)";
