import type { Sandbox } from "@/lib/sandbox/sandbox";

export type ClockChange = { factor?: number; advanceMs?: number; reset?: boolean };

/** Turns the sandbox's clock: forward by so much, back to real time, faster or slower waits. */
export function turnClock(sandbox: Sandbox, change: ClockChange) {
  const { clock } = sandbox;
  if (change.reset) {
    clock.setOffset(0);
    clock.setFactor(1);
  }
  if (change.factor !== undefined) clock.setFactor(change.factor);
  if (change.advanceMs !== undefined) clock.setOffset(clock.offsetMs() + change.advanceMs);
  sandbox.settler.wake();
  sandbox.lateWatch.wake();
  sandbox.notifier.wake(); // What has become due is sent now.
  return readClock(sandbox);
}

export function readClock({ clock }: Sandbox) {
  return {
    now: new Date(clock.now()).toISOString(),
    aheadMs: clock.offsetMs(),
    timeFactor: clock.factor(),
  };
}
