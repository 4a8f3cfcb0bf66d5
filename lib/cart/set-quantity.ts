import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { cartLines } from "@/lib/db/schema/cart";
import { products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Shop } from "@/lib/shop";
import { inCartOf } from "./in-cart-of";

/**
 * So many pieces of a line, whatever a stale page believed there were. `toldFen` is the price that the buyer's page
 * told, when it told one: with it they go on. `not_found` when the line was taken out meanwhile, `product_unavailable`,
 * `out_of_stock` with what is `available`.
 */
export async function setQuantity(
  shop: Shop,
  of: { memberId: number; sku: string; quantity: number; toldFen: number | null },
): Promise<void> {
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    const { line, available, isOnSale } = await findLine(tx, of);
    if (!isOnSale) throw new AppError("product_unavailable", { skus: [of.sku] });
    if (of.quantity > available) throw new AppError("out_of_stock", { sku: of.sku, available });
    await tx
      .update(cartLines)
      .set({ quantity: of.quantity, seenFen: of.toldFen ?? line.seenFen })
      .where(and(inCartOf(of.memberId), eq(cartLines.variantId, line.variantId)));
  });
}

async function findLine(tx: Tx, { memberId, sku }: { memberId: number; sku: string }) {
  const [row] = sku.includes("\0") // PostgreSQL refuses to look for it.
    ? []
    : await tx
        .select({ line: cartLines, variant: variants, product: products })
        .from(cartLines)
        .innerJoin(variants, eq(variants.id, cartLines.variantId))
        .innerJoin(products, eq(products.id, variants.productId))
        .where(and(inCartOf(memberId), eq(variants.sku, sku)));
  if (!row) throw new AppError("not_found");
  const { line, variant, product } = row;
  return {
    line,
    available: variant.onHand - variant.allocated,
    isOnSale: variant.onSale && product.onSale,
  };
}
