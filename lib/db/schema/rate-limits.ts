import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";

/** rate-limiter-flexible's own shape. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});
