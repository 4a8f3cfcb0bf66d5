import { and, eq, gt, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { deliveryBatches } from "@/lib/db/schema/batches";
import { deliveries } from "@/lib/db/schema/deliveries";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { countVerdicts } from "./count-verdicts";
import { workThrough } from "./work-through";

const atOnce = 4;

/**
 * Undoes every delivery of a batch that WeChat was not told of yet; the others stay shipped and their rows say why.
 * Pressed again, it goes on with what is left. `not_found`, `batch_decided`, `delivery_undo_over`.
 */
export async function undoBatch(shop: Shop, of: { batchId: number; by: Person }): Promise<void> {
  await startUndoing(shop, of);
  const shipped = await shop.sql<{ deliveryId: number }[]>`
    SELECT delivery_id::float8 AS "deliveryId" FROM delivery_batch_rows
     WHERE batch_id = ${of.batchId} AND verdict = 'shipped' GROUP BY delivery_id ORDER BY min(row_no)`;
  await workThrough(shipped, {
    atOnce,
    work: async ({ deliveryId }) => {
      const verdict = await undoDelivery(shop, { deliveryId, by: of.by });
      await shop.sql`UPDATE delivery_batch_rows SET verdict = ${verdict}
        WHERE batch_id = ${of.batchId} AND delivery_id = ${deliveryId} AND verdict = 'shipped'`;
    },
  });
}

/** Rows that were not shipped yet, of a batch that was interrupted, are not shipped any more. */
async function startUndoing(shop: Shop, of: { batchId: number; by: Person }): Promise<void> {
  const mine = eq(deliveryBatches.id, of.batchId);
  const now = shop.now();
  await shop.db.transaction(async (tx) => {
    const [undone] = await tx
      .update(deliveryBatches)
      .set({ status: "undone", undoneAt: now })
      .where(and(mine, eq(deliveryBatches.status, "applied"), gt(deliveryBatches.undoUntil, now)))
      .returning();
    if (!undone) {
      const [batch] = await tx.select().from(deliveryBatches).where(mine);
      if (!batch) throw new AppError("not_found");
      if (batch.status === "draft") throw new AppError("batch_decided");
      if (batch.status === "applied") throw new AppError("delivery_undo_over");
      return;
    }
    // Waits for each parcel that is being shipped at this moment: its row is shipped then, and undone below.
    await tx.execute(
      sql`UPDATE delivery_batch_rows SET verdict = 'undone' WHERE batch_id = ${of.batchId} AND verdict = 'ready'`,
    );
    const { shipped, orders } = await countVerdicts(tx, of.batchId);
    await writeEntry(tx, {
      ...of.by,
      action: "batch.undo",
      subject: "batch",
      subjectId: of.batchId,
      at: now,
      before: { rows: shipped, orders },
    });
  });
}

async function undoDelivery(shop: Shop, of: { deliveryId: number; by: Person }): Promise<string> {
  try {
    await voidDelivery(shop, of);
    return "undone";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Undone by hand, or by a run before this one that ended before it could say so.
    const [delivery] = await shop.db.select().from(deliveries).where(eq(deliveries.id, of.deliveryId));
    return delivery?.status === "voided" ? "undone" : error.code;
  }
}
