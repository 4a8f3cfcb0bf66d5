import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";

/**
 * Holds stock for goods that come sorted by variant id: everybody locks variants in that order, so nobody waits in a
 * circle. `out_of_stock` with the sku and how many there are.
 */
export async function allocateStock(
  tx: Tx,
  goods: { variantId: number; quantity: number; sku: string }[],
): Promise<void> {
  for (const { variantId, quantity, sku } of goods) {
    const held = await tx
      .update(variants)
      .set({ allocated: sql`${variants.allocated} + ${quantity}` })
      .where(and(eq(variants.id, variantId), sql`${variants.onHand} - ${variants.allocated} >= ${quantity}`))
      .returning({ id: variants.id });
    if (held.length) continue;
    const [left] = await tx.select().from(variants).where(eq(variants.id, variantId));
    throw new AppError("out_of_stock", { sku, available: left ? left.onHand - left.allocated : 0 });
  }
}
