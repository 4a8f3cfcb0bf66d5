import { sql } from "drizzle-orm";
import { foreignKey, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns";
import { staff } from "./staff";

/** Who changed what; subjects are named by id so that a member can be erased without breaking the trail. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    at: at("at").notNull().defaultNow(),
    staffId: ref("staff_id"),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    subjectId: text("subject_id").notNull(),
    orderId: ref("order_id"),
    address: text("address"),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
  },
  (t) => [
    foreignKey({ columns: [t.staffId], foreignColumns: [staff.id], name: "audit_entries_staff" }),
    index("audit_entries_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
  ],
);
