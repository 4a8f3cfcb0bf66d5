import { z } from "zod";
import { readFact, writeFact } from "@/lib/sandbox/ledger/facts";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";

/** How this WeChat's 发货信息管理服务 behaves. */
export const ShippingSettings = z.strictObject({
  /** So long after paying it does not know a payment yet (10060001). The time factor shortens it. Seconds to a minute at WeChat. */
  knownAfterMs: z
    .int()
    .min(0)
    .max(24 * 60 * 60_000),
});
export type ShippingSettings = z.infer<typeof ShippingSettings>;

export function readShippingSettings(ledger: Ledger): ShippingSettings {
  const stored = readFact(ledger, "shippingSettings");
  return { knownAfterMs: 0, ...(stored !== null && JSON.parse(stored)) };
}

export function changeShippingSettings(ledger: Ledger, change: Partial<ShippingSettings>): ShippingSettings {
  const changed = { knownAfterMs: change.knownAfterMs ?? readShippingSettings(ledger).knownAfterMs };
  writeFact(ledger, "shippingSettings", JSON.stringify(changed));
  return changed;
}
