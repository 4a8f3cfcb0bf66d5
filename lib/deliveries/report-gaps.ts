const minute = 60_000;

const gapsMs = [minute / 2, minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute];

/** How long to wait after the `attempts`-th try before the same is told again: growing, then hourly. */
export function reportGapAfter(attempts: number): number {
  if (attempts === 0) return 5 * minute; // It did not come to a try: nothing counts, so nothing grows.
  return gapsMs[attempts - 1] ?? 60 * minute;
}

/** WeChat asks to slow down: never sooner than five minutes, whatever the ladder says. */
export function slowerReportGapAfter(attempts: number): number {
  return Math.max(reportGapAfter(attempts), 5 * minute);
}

/** With a token that WeChat refuses, one try in a while finds out whether that is over. */
export const afterTokenTroubleMs = 15 * minute;

/** Longer than a try can take: a call, a token's refresh in the middle, the call again, each with a look before it. */
export const inFlightMs = 2 * minute;

/** Tries without a clear answer before a person is told: about a quarter of an hour. */
export const stuckAfter = 5;

/** Tries to report a payment that WeChat does not know, before it is believed. */
export const fewTries = 5;
