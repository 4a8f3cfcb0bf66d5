import type { Clock } from "@/lib/sandbox/clock";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";
import { type Refund, waitingRefunds } from "@/lib/sandbox/ledger/refunds";

/** Ends refunds when their time has come. They wait in the ledger, so a restart goes on with them; the first wake starts it. */
export type Settler = {
  /** Look again now: a refund was accepted or the clock was turned. */
  wake(): void;
  stop(): void;
};

const atOnce = 100;
const longestNapMs = 60_000;

export function createSettler(input: {
  ledger: Ledger;
  clock: Clock;
  settle(refund: Refund): void;
}): Settler {
  const { ledger, clock } = input;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function pump(): void {
    if (stopped) return;
    clearTimeout(timer);
    const waiting = waitingRefunds(ledger, atOnce);
    const now = clock.now();
    for (const refund of waiting) if ((refund.settleAt ?? 0) <= now) input.settle(refund);
    const next = waitingRefunds(ledger, 1)[0];
    if (!next) return;
    const napMs = (next.settleAt ?? 0) - now;
    timer = setTimeout(pump, Math.min(longestNapMs, Math.max(1, napMs)));
  }

  return {
    wake: pump,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
