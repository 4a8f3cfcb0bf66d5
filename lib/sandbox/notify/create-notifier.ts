import type { Clock } from "@/lib/sandbox/clock";
import {
  type Notification,
  updateNotification,
  waitingNotifications,
} from "@/lib/sandbox/ledger/notifications";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";
import { recordTry } from "@/lib/sandbox/ledger/tries";
import { waitAfterTryMs } from "@/lib/sandbox/notify/kinds";
import { sendNotification } from "@/lib/sandbox/notify/send-notification";

/** Delivers what is queued, when it is due. The queue is the ledger's, so a restart continues it. */
export type Notifier = {
  /** Look again now: something was queued or the clock was turned. */
  wake(): void;
  /** Resolves when the notification's next try has been answered (or lost). */
  nextTry(id: number): Promise<void>;
  stop(): void;
};

const mostInFlight = 64;
const longestNapMs = 60_000;

export function createNotifier(input: { ledger: Ledger; clock: Clock }): Notifier {
  const { ledger, clock } = input;
  const inFlight = new Set<number>();
  const watchers = new Map<number, Array<() => void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function pump(): void {
    if (stopped) return;
    clearTimeout(timer);
    const idle = waitingNotifications(ledger, mostInFlight * 2).filter((one) => !inFlight.has(one.id));
    const now = clock.now();
    const due = idle.filter((one) => (one.nextAt ?? 0) <= now).slice(0, mostInFlight - inFlight.size);
    for (const notification of due) void deliver(notification);
    const next = idle.find((one) => (one.nextAt ?? 0) > now);
    if (next) timer = setTimeout(pump, Math.min(longestNapMs, Math.max(1, (next.nextAt ?? 0) - now)));
  }

  async function deliver(notification: Notification): Promise<void> {
    inFlight.add(notification.id);
    try {
      const accepted = await tryOnce(ledger, clock, notification, () => stopped);
      if (!stopped) updateNotification(ledger, afterTry(notification, accepted, clock));
    } finally {
      inFlight.delete(notification.id);
      for (const done of watchers.get(notification.id) ?? []) done();
      watchers.delete(notification.id);
      pump();
    }
  }

  pump();
  return {
    wake: pump,
    nextTry(id) {
      return new Promise((resolve) => watchers.set(id, [...(watchers.get(id) ?? []), resolve]));
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function tryOnce(ledger: Ledger, clock: Clock, notification: Notification, isStopped: () => boolean) {
  const at = clock.now();
  if (notification.drops > 0) {
    const lost = { at, tookMs: 0, outcome: "dropped", httpStatus: null, answer: null } as const;
    recordTry(ledger, notification.id, lost);
    return false;
  }
  const copies = Array.from({ length: notification.copies }, () => sendNotification(notification));
  const attempts = await Promise.all(copies);
  if (isStopped()) return false; // The ledger is closed; the next start sends it again, as WeChat would.
  for (const attempt of attempts) recordTry(ledger, notification.id, { at, ...attempt });
  return attempts.some((attempt) => attempt.outcome === "accepted");
}

/** What a try leaves behind: delivered, or the next time to come, or nothing more. */
function afterTry(notification: Notification, accepted: boolean, clock: Clock) {
  const tries = notification.tries + 1;
  const rest = {
    id: notification.id,
    tries,
    drops: Math.max(0, notification.drops - 1),
    copies: notification.drops > 0 ? notification.copies : 1, // Copies come with the first try that is not lost.
  };
  if (accepted) return { ...rest, status: "accepted", nextAt: null } as const;
  if (tries >= notification.mostTries) return { ...rest, status: "given_up", nextAt: null } as const;
  const nextAt = Math.round(clock.now() + clock.scaled(waitAfterTryMs(notification.kind, tries)));
  return { ...rest, status: "waiting", nextAt } as const;
}
