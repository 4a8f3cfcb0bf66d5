import { and, desc, eq, lt } from "drizzle-orm";
import { stockMoves, variants } from "@/lib/db/schema/catalog";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";

export const stockMovePageSize = 20;

export type ListedStockMove = Awaited<ReturnType<typeof listStockMoves>>["moves"][number];

/** What people changed of a product's stock, newest first; `older` is where the next page begins. */
export async function listStockMoves(shop: Shop, of: { productId: number; before?: number }) {
  const rows = await shop.db
    .select({
      id: stockMoves.id,
      variantId: stockMoves.variantId,
      sku: variants.sku,
      title: variants.title,
      delta: stockMoves.delta,
      onHand: stockMoves.onHand,
      reason: stockMoves.reason,
      note: stockMoves.note,
      at: stockMoves.at,
      byName: staff.name,
    })
    .from(stockMoves)
    .innerJoin(variants, eq(variants.id, stockMoves.variantId))
    .leftJoin(staff, eq(staff.id, stockMoves.staffId))
    .where(
      and(
        eq(variants.productId, of.productId),
        of.before === undefined ? undefined : lt(stockMoves.id, of.before),
      ),
    )
    .orderBy(desc(stockMoves.id))
    .limit(stockMovePageSize + 1);
  const moves = rows.slice(0, stockMovePageSize);
  return { moves, older: rows.length > moves.length ? (moves.at(-1)?.id ?? null) : null };
}
