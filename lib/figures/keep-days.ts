import { dayAfter, dayOf, startOfDay } from "@/lib/calendar/days";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { countSpan, type Figures } from "./count-span";
import { daysShown, firstDay } from "./read-days";

/**
 * Counts each past day that the desk's home shows, all of them anew: money that arrives late, an order paid on another
 * day, a refund that was set right are in it without anybody having to tell. Run every hour; see decision 20.
 */
export async function keepDays(shop: Shop): Promise<void> {
  const { timeZone } = await readSettings(shop.db);
  const today = dayOf(shop.now(), timeZone);
  const oldest = dayAfter(today, 1 - daysShown);
  const first = await firstDay(shop, timeZone);
  for (
    let day = dayAfter(today, -1);
    first !== null && day >= first && day >= oldest;
    day = dayAfter(day, -1)
  )
    await keepDay(shop, { timeZone, day });
  await shop.sql`DELETE FROM day_figures WHERE time_zone <> ${timeZone} OR day < ${oldest}`;
}

async function keepDay(
  { sql, now }: Shop,
  { timeZone, day }: { timeZone: string; day: string },
): Promise<void> {
  const from = startOfDay(day, timeZone);
  const figures: Figures = await countSpan(sql, { from, to: startOfDay(dayAfter(day, 1), timeZone) });
  const { orders, decided, converted, paid, paidFen, refunds, refundedFen, shipped, shipSeconds } = figures;
  await sql`INSERT INTO day_figures (time_zone, day, orders, decided, converted, paid, paid_fen, refunds, refunded_fen, shipped, ship_seconds, counted_at)
    VALUES (${timeZone}, ${day}, ${orders}, ${decided}, ${converted}, ${paid}, ${paidFen}, ${refunds}, ${refundedFen}, ${shipped}, ${shipSeconds}, ${now().toISOString()})
    ON CONFLICT (time_zone, day) DO UPDATE SET orders = excluded.orders, decided = excluded.decided, converted = excluded.converted,
      paid = excluded.paid, paid_fen = excluded.paid_fen, refunds = excluded.refunds, refunded_fen = excluded.refunded_fen,
      shipped = excluded.shipped, ship_seconds = excluded.ship_seconds, counted_at = excluded.counted_at`;
}
