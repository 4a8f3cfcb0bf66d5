import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, bytes, createdAt, id, oneOf, ref } from "./columns";
import { staff } from "./staff";

export const exportStatuses = ["queued", "running", "done", "failed"] as const;
export type ExportStatus = (typeof exportStatuses)[number];

/** A list written to a file in the background. Its rows are in `export_parts`, gone with `expiresAt`. */
export const listExports = pgTable(
  "list_exports",
  {
    id: id(),
    staffId: ref("staff_id")
      .notNull()
      .references(() => staff.id),
    list: text("list").notNull(), // Which list: a key of lib/exports/lists.ts.
    query: text("query").notNull(), // The filter, as in the list's address.
    format: text("format", { enum: ["csv", "xlsx"] }).notNull(),
    locale: text("locale").notNull(),
    status: text("status", { enum: exportStatuses }).notNull().default("queued"),
    rowsDone: integer("rows_done").notNull().default(0),
    sizeBytes: integer("size_bytes"),
    errorText: text("error_text"),
    createdAt: createdAt(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [
    check("list_exports_status", oneOf("status", exportStatuses)),
    check("list_exports_format", oneOf("format", ["csv", "xlsx"])),
    index("list_exports_person").on(t.staffId, t.id),
    index("list_exports_age").on(t.expiresAt),
  ],
);

/** A file in pieces of at most 5 MB (design §6.7). */
export const exportParts = pgTable(
  "export_parts",
  {
    exportId: ref("export_id")
      .notNull()
      .references(() => listExports.id, { onDelete: "cascade" }),
    partNo: integer("part_no").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.exportId, t.partNo] }),
    check("export_parts_size", sql`length(${t.bytes}) BETWEEN 1 AND 5242880`),
  ],
);
