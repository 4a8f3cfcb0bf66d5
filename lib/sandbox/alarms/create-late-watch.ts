import { readAlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import type { Clock } from "@/lib/sandbox/clock";
import { owingTransactions } from "@/lib/sandbox/ledger/delivery-facts";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";

/** Looks for transactions whose report is late. They wait in the ledger, so a restart goes on with them; the first wake starts it. */
export type LateWatch = {
  /** Look again now: somebody paid, or the clock or the time limit was changed. */
  wake(): void;
  stop(): void;
};

export type Owing = ReturnType<typeof owingTransactions>[number];

const atOnce = 100;
const longestNapMs = 60_000;

export function createLateWatch(input: {
  ledger: Ledger;
  clock: Clock;
  raise(late: Owing): void;
}): LateWatch {
  const { ledger, clock } = input;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function pump(): void {
    if (stopped) return;
    clearTimeout(timer);
    const { lateAfterMs } = readAlarmSettings(ledger);
    if (lateAfterMs === null) return;
    const dueAt = (one: Owing) => one.paidAt + clock.scaled(lateAfterMs);
    const now = clock.now();
    for (const one of owingTransactions(ledger, atOnce)) if (dueAt(one) <= now) input.raise(one);
    const next = owingTransactions(ledger, 1)[0];
    if (next) timer = setTimeout(pump, Math.min(longestNapMs, Math.max(1, dueAt(next) - now)));
  }

  return {
    wake: pump,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
