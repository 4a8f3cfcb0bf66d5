import { nextBeijingMidnight } from "@/lib/wechat/beijing-time";

const minute = 60_000;

/** WeChat's own rule: refunds of one payment at least a minute apart, on its clock; ours may differ by a second. */
export const apartMs = minute + 1000;

const gapsMs = [apartMs, 2 * minute, 5 * minute, 15 * minute, 30 * minute];

/** How long to wait after the `attempts`-th try before the same number is sent again: growing, then hourly. */
export function gapAfter(attempts: number): number {
  return gapsMs[attempts - 1] ?? 60 * minute;
}

/** WeChat asks to slow down: never sooner than five minutes, whatever the ladder says. */
export function slowerGapAfter(attempts: number): number {
  return Math.max(gapAfter(attempts), 5 * minute);
}

/** A day's quota is new after midnight in Beijing; a little later, as everybody comes at midnight. */
export function afterQuota(now: Date): Date {
  return new Date(nextBeijingMidnight(now).getTime() + 5 * minute);
}

/** What a person has to set right is not asked again in a loop: WeChat counts refused calls. */
export const afterRefusalMs = 24 * 60 * minute;

/** With a certificate that WeChat refuses, one try in a while finds out whether it was replaced. */
export const afterCertificateMs = 15 * minute;
