import { z } from "zod";
import { readFact, writeFact } from "@/lib/sandbox/ledger/facts";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";

const mostMs = 60 * 24 * 60 * 60_000;

/** How this WeChat treats every refund that has no plan of its own. */
export const RefundSettings = z.strictObject({
  /** From acceptance to result; the time factor shortens it. null is a bank that does nothing until it is told. */
  settleMs: z.int().min(0).max(mostMs).nullable(),
  /** Between two refunds of one payment; the time factor shortens it. 0 lifts the rule. */
  gapMs: z.int().min(0).max(mostMs),
  /** The address in the merchant platform, for refunds that name none. null: the payment's site, /api/notify/refund. */
  notifyUrl: z
    .url({ protocol: /^https?$/ })
    .max(256)
    .nullable(),
});
export type RefundSettings = z.infer<typeof RefundSettings>;

export const ordinaryRefunds: RefundSettings = {
  settleMs: 2_000, // Minutes at WeChat; nobody at a demo waits for minutes.
  gapMs: 60_000, // WeChat's own: "同一笔订单多次退款，间隔至少1分钟".
  notifyUrl: null,
};

export function readRefundSettings(ledger: Ledger): RefundSettings {
  const stored = readFact(ledger, "refundSettings");
  return stored === null ? ordinaryRefunds : { ...ordinaryRefunds, ...JSON.parse(stored) };
}

export function changeRefundSettings(ledger: Ledger, change: Partial<RefundSettings>): RefundSettings {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const changed = { ...readRefundSettings(ledger), ...Object.fromEntries(named) };
  writeFact(ledger, "refundSettings", JSON.stringify(changed));
  return changed;
}
