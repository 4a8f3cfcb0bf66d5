import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, ref } from "./columns";
import { staff } from "./staff";

/** A list's address under a name: filters, order and columns. A shared one is everybody's to open. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    staffId: ref("staff_id")
      .notNull()
      .references(() => staff.id),
    name: text("name").notNull(),
    query: text("query").notNull(), // What stands behind the "?" of /dashboard/orders.
    isShared: boolean("is_shared").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    check("saved_views_name", sql`length(${t.name}) BETWEEN 1 AND 30`),
    check("saved_views_query", sql`length(${t.query}) <= 2000`),
    uniqueIndex("saved_views_once").on(t.staffId, t.name),
  ],
);
