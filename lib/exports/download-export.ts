import { and, eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { exportParts } from "@/lib/db/schema/exports";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { filterFacts, readQuery } from "./export-query";
import type { ShownExport } from "./find-export";
import { findList } from "./lists";

/**
 * The file of an export that is done, a part in memory at a time; that it was taken is kept, with what is in it. It is
 * the taking that carries data out of the house. `export_not_ready`.
 */
export async function downloadExport(
  shop: Shop,
  { row, by }: { row: ShownExport; by: Person },
): Promise<ReadableStream<Uint8Array>> {
  const list = findList(row.list);
  if (row.status !== "done" || !list) throw new AppError("export_not_ready");
  const { reveal, ...filter } = filterFacts(list, row.query);
  const after = { list, format: row.format, filter, ...(reveal && { reveal: true }), rows: row.rowsDone };
  await writeEntry(shop.db, {
    ...{ ...by, action: "list.export", subject: "export", subjectId: row.id, at: shop.now(), after },
  });
  let partNo = 0;
  return new ReadableStream({
    async pull(controller) {
      const [part] = await shop.db
        .select({ bytes: exportParts.bytes })
        .from(exportParts)
        .where(and(eq(exportParts.exportId, row.id), eq(exportParts.partNo, partNo++)));
      if (part) controller.enqueue(part.bytes);
      else controller.close();
    },
  });
}

/** Whether personal data stands in it as it is. */
export function isRevealed({ query }: Pick<ShownExport, "query">): boolean {
  return readQuery(query).reveal === "1";
}
