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

/** Whether a text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** What two days bound on the clocks of a time zone, both of them inside: from the first's midnight to the last's. */
export function spanOfDays(
  days: { from: string | null; to: string | null },
  timeZone: string,
): { from: Date | null; to: Date | null } {
  return {
    from: days.from === null ? null : startOfDay(days.from, timeZone),
    to: days.to === null ? null : startOfDay(dayAfter(days.to, 1), timeZone),
  };
}
