import type { Owing } from "@/lib/sandbox/alarms/create-late-watch";
import { raiseAlarm } from "@/lib/sandbox/alarms/raise-alarm";
import { markLate } from "@/lib/sandbox/ledger/delivery-facts";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * 1001 by WeChat's own clock, once a transaction: also for one that was refunded in full, because every
 * receipt owes a report. The mark and the message go into the ledger in one step, so a restart repeats nothing.
 */
export function raiseLateAlarm(sandbox: Sandbox, { transactionId, outTradeNo }: Owing): void {
  const { ledger, clock, notifier } = sandbox;
  inOneStep(ledger, () => {
    if (!markLate(ledger, { transactionId, now: clock.now() })) return;
    const order = findOrder(ledger, outTradeNo);
    if (order) raiseAlarm(sandbox, { order, transactionId, label: "alarm 1001 by the clock" });
  });
  notifier.wake();
}
