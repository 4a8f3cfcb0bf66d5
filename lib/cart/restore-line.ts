import { and, eq } from "drizzle-orm";
import { cartLines } from "@/lib/db/schema/cart";
import { variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import { mostLines } from "@/lib/orders/order-limits";
import type { Shop } from "@/lib/shop";
import { inCartOf } from "./in-cart-of";

/**
 * Puts a line back as it was when it was taken out, in its place; again, it changes nothing. `not_found` when it has
 * been forgotten, `cart_full`.
 */
export async function restoreLine(shop: Shop, of: { memberId: number; sku: string }): Promise<void> {
  if (of.sku.includes("\0")) throw new AppError("not_found"); // PostgreSQL refuses to look for it.
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    const { memberId, variantId, removedAt } = cartLines;
    const [line] = await tx
      .select({ variantId, removedAt })
      .from(cartLines)
      .innerJoin(variants, eq(variants.id, variantId))
      .where(and(eq(memberId, of.memberId), eq(variants.sku, of.sku)));
    if (!line) throw new AppError("not_found");
    if (line.removedAt === null) return;
    if ((await tx.$count(cartLines, inCartOf(of.memberId))) >= mostLines)
      throw new AppError("cart_full", { limit: mostLines });
    await tx
      .update(cartLines)
      .set({ removedAt: null })
      .where(and(eq(memberId, of.memberId), eq(variantId, line.variantId)));
  });
}
