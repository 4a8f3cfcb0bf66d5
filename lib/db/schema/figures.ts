import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, fen } from "./columns";

/** A past day of the shop's time zone, counted. Nothing stands here that could not be counted again from the rows. */
export const dayFigures = pgTable(
  "day_figures",
  {
    timeZone: text("time_zone").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    orders: integer("orders").notNull(),
    decided: integer("decided").notNull(),
    converted: integer("converted").notNull(),
    paid: integer("paid").notNull(),
    paidFen: fen("paid_fen").notNull(),
    refunds: integer("refunds").notNull(),
    refundedFen: fen("refunded_fen").notNull(),
    shipped: integer("shipped").notNull(),
    shipSeconds: integer("ship_seconds"),
    countedAt: at("counted_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.timeZone, t.day] }),
    check("day_figures_parts", sql`${t.converted} <= ${t.decided} AND ${t.decided} <= ${t.orders}`),
    check("day_figures_median", sql`(${t.shipped} = 0) = (${t.shipSeconds} IS NULL)`),
  ],
);
