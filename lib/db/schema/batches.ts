import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, oneOf, ref } from "./columns";
import { deliveries } from "./deliveries";
import { orders } from "./orders";
import { staff } from "./staff";

/** Many orders shipped at once: from a selection, or from a file. A draft is a dry run: nothing has left yet. */
export const deliveryBatches = pgTable(
  "delivery_batches",
  {
    id: id(),
    staffId: ref("staff_id")
      .notNull()
      .references(() => staff.id),
    source: text("source", { enum: ["selection", "file"] }).notNull(),
    fileName: text("file_name"),
    status: text("status", { enum: ["draft", "applied", "undone"] })
      .notNull()
      .default("draft"),
    /** The header of a file, and which of its columns means what. */
    columns: jsonb("columns").$type<{ header: string[]; meaning: Record<string, number> }>(),
    createdAt: createdAt(),
    appliedAt: at("applied_at"),
    undoUntil: at("undo_until"),
    undoneAt: at("undone_at"),
  },
  (t) => [
    check("delivery_batches_source", oneOf("source", ["selection", "file"])),
    check("delivery_batches_status", oneOf("status", ["draft", "applied", "undone"])),
    index("delivery_batches_newest").on(t.createdAt),
  ],
);

export const deliveryBatchRows = pgTable(
  "delivery_batch_rows",
  {
    batchId: ref("batch_id")
      .notNull()
      .references(() => deliveryBatches.id),
    rowNo: integer("row_no").notNull(),
    cells: jsonb("cells").$type<string[]>().notNull(), // As they were read.
    orderId: ref("order_id").references(() => orders.id),
    carrier: text("carrier"),
    trackingNo: text("tracking_no"),
    phoneTail: text("phone_tail"),
    verdict: text("verdict").notNull(), // `ready`, `shipped`, or the code of why not.
    deliveryId: ref("delivery_id").references(() => deliveries.id),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.rowNo] }),
    index("delivery_batch_rows_order").on(t.orderId).where(sql`${t.cells} <> '[]'`), // What is to be erased with an order.
  ],
);
