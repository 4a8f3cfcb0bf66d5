import { dayAfter, dayOf, startOfDay } from "@/lib/calendar/days";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { countSpan, type Figures } from "./count-span";

/** Today and the 29 days before it. */
export const daysShown = 30;

export type Day = {
  /** "2026-11-27", on the clocks of the shop's time zone. */
  day: string;
  /** Null for a day before the shop's first order, and for one that nobody has counted yet. */
  figures: Figures | null;
};

export type Days = {
  /** Oldest first; the last one is today, as far as it has come. */
  days: Day[];
  /** Yesterday and the same day of last week, up to the time of day that it is now; null before the first order. */
  soFar: { yesterday: Figures | null; weekAgo: Figures | null };
  /** When the past days were counted last, the longest ago; null when none is. */
  countedAt: Date | null;
  /** Whether each day since the first order has been counted. */
  isComplete: boolean;
};

/** The figures of today, counted now, and of the days before it, as they were counted last. */
export async function readDays(shop: Shop): Promise<Days> {
  const { timeZone } = await readSettings(shop.db);
  const now = shop.now();
  const today = dayOf(now, timeZone);
  const shown = Array.from({ length: daysShown }, (_, n) => dayAfter(today, n + 1 - daysShown));
  const first = await firstDay(shop, timeZone);
  if (first === null) return noDays(shown);

  const kept = await readKept(shop, timeZone, dayAfter(today, 1 - daysShown));
  const yesterday = dayAfter(today, -1);
  const startOf = (day: string) => startOfDay(day, timeZone);
  const elapsedMs = now.getTime() - startOf(today).getTime();
  const count = (day: string, to: Date) =>
    day < first ? null : countSpan(shop.sql, { from: startOf(day), to });
  const countSoFar = (day: string) => count(day, new Date(startOf(day).getTime() + elapsedMs));
  const [ofToday, ofYesterday, yesterdaySoFar, weekAgoSoFar] = await Promise.all([
    count(today, startOf(dayAfter(today, 1))),
    kept.get(yesterday)?.figures ?? count(yesterday, startOf(today)), // Until the hour's job has counted it.
    countSoFar(yesterday),
    countSoFar(dayAfter(today, -7)),
  ]);
  const countedNow = new Map([
    [today, ofToday],
    [yesterday, ofYesterday],
  ]);
  const days = shown.map((day) => ({
    day,
    figures: countedNow.get(day) ?? kept.get(day)?.figures ?? null,
  }));
  const countedAts = [...kept.values()].map(({ countedAt }) => countedAt.getTime());
  return {
    days,
    soFar: { yesterday: yesterdaySoFar, weekAgo: weekAgoSoFar },
    countedAt: countedAts.length > 0 ? new Date(Math.min(...countedAts)) : null,
    isComplete: days.every(({ day, figures }) => figures !== null || day < first),
  };
}

function noDays(shown: string[]): Days {
  const days = shown.map((day) => ({ day, figures: null }));
  return { days, soFar: { yesterday: null, weekAgo: null }, countedAt: null, isComplete: true };
}

/** The day of the shop's first order; null before it. */
export async function firstDay({ sql }: Shop, timeZone: string): Promise<string | null> {
  const [first] = await sql<
    { at: Date }[]
  >`SELECT created_at AS at FROM orders ORDER BY created_at, id LIMIT 1`;
  return first ? dayOf(new Date(first.at), timeZone) : null;
}

async function readKept({ sql }: Shop, timeZone: string, from: string) {
  const rows = await sql<(Figures & { day: string; countedAt: string })[]>`
    SELECT day::text, orders, decided, converted, paid, paid_fen::float8 AS "paidFen", refunds,
      refunded_fen::float8 AS "refundedFen", shipped, ship_seconds AS "shipSeconds", counted_at AS "countedAt"
    FROM day_figures WHERE time_zone = ${timeZone} AND day >= ${from}`;
  return new Map(
    rows.map(({ day, countedAt, ...figures }) => [day, { figures, countedAt: new Date(countedAt) }]),
  );
}
