import { asLocalTime, readLocalTime } from "./local-time";

/** The day that the clocks of a time zone show: "2026-11-27". */
export function dayOf(at: Date, timeZone: string): string {
  return asLocalTime(at, timeZone).slice(0, 10);
}

/** When a day begins there. Where a change of clocks leaves midnight out, at the hour after it. */
export function startOfDay(day: string, timeZone: string): Date {
  const start = readLocalTime(`${day}T00:00`, timeZone);
  if (!start) throw new Error(`not a day: ${day}`);
  return start;
}

/** The day so many days later, or earlier when `count` is negative. */
export function dayAfter(day: string, count: number): string {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
