import { readFact, writeFact } from "@/lib/sandbox/ledger/facts";
import { type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/**
 * The sandbox's time. `advance` turns it forward, so that an expiry can be seen without waiting for it; the
 * factor shortens what WeChat makes a merchant wait for: the gaps between notifications, the five minutes
 * before an order may be closed, a refund's way through the bank and the minute between two of them, and the
 * hours after which a delivery is late.
 * Lifetimes of links and codes follow the clock alone.
 */
export type Clock = {
  now(): number;
  factor(): number;
  scaled(waitMs: number): number;
  offsetMs(): number;
  setFactor(factor: number): void;
  setOffset(offsetMs: number): void;
};

export const factorLimits = { least: 0.01, most: 100_000 };

export function createClock(ledger: Ledger, input: { timeFactor?: number }): Clock {
  let offsetMs = Number(readFact(ledger, "clockOffsetMs") ?? 0);
  let factor = input.timeFactor ?? Number(readFact(ledger, "timeFactor") ?? 1);
  const now = () => Date.now() + offsetMs;
  return {
    now,
    factor: () => factor,
    scaled: (waitMs) => waitMs / factor,
    offsetMs: () => offsetMs,
    setFactor(next) {
      // Waits that have begun shrink or stretch with it: a test that turns the factor up expects no old gap.
      const values = [now(), factor / next];
      run(
        ledger,
        "UPDATE notifications SET next_at = CAST(?1 + (next_at - ?1) * ?2 AS INTEGER) WHERE status = 'waiting' AND next_at > ?1",
        ...values,
      );
      run(
        ledger,
        "UPDATE refunds SET settle_at = CAST(?1 + (settle_at - ?1) * ?2 AS INTEGER) WHERE status = 'PROCESSING' AND settle_at > ?1",
        ...values,
      );
      factor = next;
      writeFact(ledger, "timeFactor", String(next));
    },
    setOffset(next) {
      offsetMs = next;
      writeFact(ledger, "clockOffsetMs", String(next));
    },
  };
}
