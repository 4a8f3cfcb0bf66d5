import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, ref } from "./columns";
import { members } from "./members";
import { orders } from "./orders";
import { staff } from "./staff";

/** What staff write for each other, about an order or about a member; no buyer ever reads it. */
export const staffNotes = pgTable(
  "staff_notes",
  {
    id: id(),
    orderId: ref("order_id").references(() => orders.id),
    memberId: ref("member_id").references(() => members.id),
    staffId: ref("staff_id")
      .notNull()
      .references(() => staff.id),
    text: text("text").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check("staff_notes_subject", sql`(${t.orderId} IS NULL) <> (${t.memberId} IS NULL)`),
    check("staff_notes_text", sql`length(${t.text}) BETWEEN 1 AND 500`),
    index("staff_notes_order").on(t.orderId, t.id).where(sql`${t.orderId} IS NOT NULL`),
    index("staff_notes_member").on(t.memberId, t.id).where(sql`${t.memberId} IS NOT NULL`),
  ],
);
