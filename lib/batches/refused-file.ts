import { eq, sql } from "drizzle-orm";
import { deliveryBatches } from "@/lib/db/schema/batches";
import { AppError } from "@/lib/http/app-error";
import { csvFile } from "@/lib/sheets/write-csv";
import type { Shop } from "@/lib/shop";
import { isRefused } from "./count-verdicts";

/**
 * The rows of a batch that are not shipped, as they were read, each with its reason at its end: to be set right and
 * imported once more. `not_found`, also when none was refused or its personal data was forgotten.
 */
export async function refusedFile(
  shop: Shop,
  of: { batchId: number; reasonTitle: string; reasonOf: (verdict: string) => string },
): Promise<string> {
  const [batch] = await shop.db
    .select({ columns: deliveryBatches.columns })
    .from(deliveryBatches)
    .where(eq(deliveryBatches.id, of.batchId));
  const rows = await shop.db.execute<{ cells: string[]; verdict: string }>(sql`
    SELECT r.cells, r.verdict FROM delivery_batch_rows r WHERE r.batch_id = ${of.batchId} AND ${isRefused} AND r.cells <> '[]'
     ORDER BY r.row_no`);
  if (rows.length === 0) throw new AppError("not_found");
  const header = batch?.columns?.header ?? [];
  const width = Math.max(header.length, ...rows.map(({ cells }) => cells.length));
  const padded = (cells: string[], last: string) => [
    ...cells,
    ...Array.from({ length: width - cells.length }, () => ""),
    last,
  ];
  const body = rows.map(({ cells, verdict }) => padded(cells, of.reasonOf(verdict)));
  return csvFile(header.some((name) => name !== "") ? [padded(header, of.reasonTitle), ...body] : body);
}
