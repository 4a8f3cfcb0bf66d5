import { z } from "zod";
import { alarmAddress } from "@/lib/sandbox/alarms/alarm-plan";
import { readFact, writeFact } from "@/lib/sandbox/ledger/facts";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";

const hourMs = 60 * 60_000;

/** When this WeChat raises alarms by itself, and where it sends them. */
export const AlarmSettings = z.strictObject({
  /** So long after paying without an accepted report; the time factor shortens it. null: never by itself. */
  lateAfterMs: z
    .int()
    .min(0)
    .max(366 * 24 * hourMs)
    .nullable(),
  /** The 告警通知URL registered in 公众平台. null: the order's site, /api/alarm. */
  url: alarmAddress.nullable(),
});
export type AlarmSettings = z.infer<typeof AlarmSettings>;

const ordinaryAlarms: AlarmSettings = {
  lateAfterMs: 72 * hourMs, // Physical goods. WeChat knows what is virtual (24 h); the sandbox does not.
  url: null,
};

export function readAlarmSettings(ledger: Ledger): AlarmSettings {
  const stored = readFact(ledger, "alarmSettings");
  return stored === null ? ordinaryAlarms : { ...ordinaryAlarms, ...JSON.parse(stored) };
}

export function changeAlarmSettings(ledger: Ledger, change: Partial<AlarmSettings>): AlarmSettings {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const changed = { ...readAlarmSettings(ledger), ...Object.fromEntries(named) };
  writeFact(ledger, "alarmSettings", JSON.stringify(changed));
  return changed;
}
