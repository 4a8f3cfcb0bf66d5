import { desc, eq, lt } from "drizzle-orm";
import { deliveryBatches } from "@/lib/db/schema/batches";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { countManyVerdicts, countVerdicts, type VerdictCounts } from "./count-verdicts";

type Batch = Omit<typeof deliveryBatches.$inferSelect, "staffId"> & { by: string };
export type ShownBatch = Batch & { counts: VerdictCounts };

export async function findBatch(shop: Shop, batchId: number): Promise<ShownBatch | null> {
  const [row] = await select(shop).where(eq(deliveryBatches.id, batchId));
  return row ? { ...named(row), counts: await countVerdicts(shop.db, batchId) } : null;
}

const pageSize = 20;

/** Batches that have rows, newest first; `more` is the cursor of the next page. */
export async function listBatches(
  shop: Shop,
  of: { before?: number },
): Promise<{ batches: ShownBatch[]; more: number | null }> {
  const rows = await select(shop)
    .where(of.before === undefined ? undefined : lt(deliveryBatches.id, of.before))
    .orderBy(desc(deliveryBatches.id))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize).map(named);
  const ids = page.map(({ id }) => id);
  const counts = await countManyVerdicts(shop.db, ids);
  const batches = page.flatMap((batch) => {
    const its = counts.get(batch.id);
    return its ? [{ ...batch, counts: its }] : [];
  });
  return { batches, more: rows.length > pageSize ? (ids.at(-1) ?? null) : null };
}

function select(shop: Shop) {
  return shop.db
    .select({ batch: deliveryBatches, by: staff.name })
    .from(deliveryBatches)
    .innerJoin(staff, eq(staff.id, deliveryBatches.staffId))
    .$dynamic();
}

function named({ batch, by }: { batch: typeof deliveryBatches.$inferSelect; by: string }): Batch {
  const { staffId: _, ...shown } = batch;
  return { ...shown, by };
}
