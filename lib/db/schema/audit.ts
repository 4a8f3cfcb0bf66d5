import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
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
    /** Where it stands in the chain, and the hash over it and the one before; null until a job has sealed it. */
    sealNo: ref("seal_no").unique("audit_entries_seal_no"),
    hash: text("hash"),
  },
  (t) => [
    foreignKey({ columns: [t.staffId], foreignColumns: [staff.id], name: "audit_entries_staff" }),
    check("audit_entries_sealed", sql`(${t.sealNo} IS NULL) = (${t.hash} IS NULL)`),
    index("audit_entries_unsealed").on(t.id).where(sql`${t.sealNo} IS NULL`),
    index("audit_entries_person").on(t.staffId, t.id),
    index("audit_entries_action").on(t.action, t.id),
    index("audit_entries_at").on(t.at),
    index("audit_entries_subject").on(t.subjectId, t.id), // Numbers of several kinds of subjects: few share one.
    index("audit_entries_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
  ],
);
