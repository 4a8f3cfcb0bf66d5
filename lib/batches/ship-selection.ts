import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { applyBatch } from "./apply-batch";
import { insertBatch, planRows } from "./batch-rows";
import type { Meaning } from "./columns";
import { tidySheet } from "./sheet";
import type { Verdict } from "./verdict";

export type TypedRow = {
  orderNo: string;
  carrier: string;
  trackingNo: string;
  note: string;
};
export type SelectionVerdict = { orderNo: string; verdict: Verdict };

export const mostSelected = 200;
const meaning: Meaning = { order: 0, carrier: 1, trackingNo: 2, note: 3 };

/**
 * Ships one parcel of each of many orders, as they were typed: one batch, a verdict for each. Nothing is kept when no
 * row can be shipped. `malformed` for more than 200.
 */
export async function shipSelection(
  shop: Shop,
  of: { rows: TypedRow[]; by: Person },
): Promise<{ batchId: number | null; verdicts: SelectionVerdict[] }> {
  if (of.rows.length > mostSelected) throw new AppError("malformed", { limit: mostSelected });
  const rows = tidySheet(
    of.rows.map(({ orderNo, carrier, trackingNo, note }) => [orderNo, carrier, trackingNo, note]),
  );
  const planned = await planRows(shop, { rows, meaning });
  if (!planned.some(({ verdict }) => verdict === "ready"))
    return { batchId: null, verdicts: verdictsOf(of.rows, planned) };

  const { staffId } = of.by;
  const batchId = await shop.db.transaction((tx) =>
    insertBatch(tx, {
      ...{ staffId, source: "selection", fileName: null },
      columns: { header: [], meaning },
      createdAt: shop.now(),
      rows: planned,
    }),
  );
  await applyBatch(shop, { batchId, by: of.by });
  const after = await shop.sql<{ rowNo: number; verdict: Verdict }[]>`
    SELECT row_no AS "rowNo", verdict FROM delivery_batch_rows WHERE batch_id = ${batchId} ORDER BY row_no`;
  return { batchId, verdicts: verdictsOf(of.rows, after) };
}

function verdictsOf(typed: TypedRow[], rows: { rowNo: number; verdict: Verdict }[]): SelectionVerdict[] {
  return rows.map(({ rowNo, verdict }) => ({ orderNo: typed[rowNo - 1]?.orderNo ?? "", verdict }));
}
