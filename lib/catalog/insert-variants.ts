import type { Tx } from "@/lib/db/connect";
import { stockMoves, variants } from "@/lib/db/schema/catalog";
import type { VariantFields } from "./product-fields";

/** New variants at their places, and with what there is of each the first line of its stock's history. Their ids. */
export async function insertVariants(
  tx: Tx,
  of: { productId: number; variants: (VariantFields & { position: number })[]; staffId: number; at: Date },
): Promise<number[]> {
  if (of.variants.length === 0) return [];
  const rows = await tx
    .insert(variants)
    .values(of.variants.map(({ id: _, ...variant }) => ({ ...variant, productId: of.productId })))
    .returning({ id: variants.id, onHand: variants.onHand });
  const moves = rows
    .filter(({ onHand }) => onHand > 0)
    .map(({ id, onHand }) => ({
      ...{ variantId: id, staffId: of.staffId, delta: onHand, onHand, at: of.at },
      reason: "received" as const,
    }));
  if (moves.length > 0) await tx.insert(stockMoves).values(moves);
  return rows.map(({ id }) => id);
}
