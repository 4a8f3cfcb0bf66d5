import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable } from "drizzle-orm/pg-core";
import type { Finding } from "@/lib/setup/finding";
import { at } from "./columns";

/** What the setup doctor found when it last looked: one row for the whole shop, so that no process asks WeChat again at once. */
export const setupRuns = pgTable(
  "setup_runs",
  {
    id: integer("id").primaryKey().default(1),
    ranAt: at("ran_at").notNull(),
    findings: jsonb("findings").$type<Finding[]>().notNull(),
  },
  (t) => [check("setup_runs_one", sql`${t.id} = 1`)],
);
