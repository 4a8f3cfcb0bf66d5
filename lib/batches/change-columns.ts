import { and, eq } from "drizzle-orm";
import { deliveryBatches } from "@/lib/db/schema/batches";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { planRows, readCells, replaceVerdicts } from "./batch-rows";
import { batchFields, type Meaning } from "./columns";
import { sheetLimits } from "./sheet";

/** The dry run of a draft once more, as the orders are now and with these columns. `malformed`, `not_found`, `batch_decided`. */
export async function changeColumns(shop: Shop, of: { batchId: number; meaning: Meaning }): Promise<void> {
  const meaning = readMeaning(of.meaning);
  const mine = eq(deliveryBatches.id, of.batchId);
  const [batch] = await shop.db.select().from(deliveryBatches).where(mine);
  if (batch?.source !== "file") throw new AppError("not_found");
  const rows = await planRows(shop, { rows: await readCells(shop.db, of.batchId), meaning });
  await shop.db.transaction(async (tx) => {
    const [draft] = await tx
      .update(deliveryBatches)
      .set({ columns: { header: batch.columns?.header ?? [], meaning } })
      .where(and(mine, eq(deliveryBatches.status, "draft")))
      .returning();
    if (!draft) throw new AppError("batch_decided");
    await replaceVerdicts(tx, of.batchId, rows);
  });
}

/** Each column of the file with at most one meaning. */
function readMeaning(wished: Meaning): Meaning {
  const meaning: Meaning = {};
  for (const field of batchFields) {
    const column = wished[field];
    if (column === undefined) continue;
    const isOne = Number.isInteger(column) && column >= 0 && column < sheetLimits.columns;
    if (!isOne || Object.values(meaning).includes(column))
      throw new AppError("malformed", { errors: [{ path: field, code: "columnTwice" }] });
    meaning[field] = column;
  }
  return meaning;
}
