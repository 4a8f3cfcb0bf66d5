import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { cartLines } from "@/lib/db/schema/cart";
import { AppError } from "@/lib/http/app-error";
import { inCartOf } from "./in-cart-of";

/**
 * What is ordered leaves the cart, piece by piece: what was added since stays in it. `cart_changed` names what is no
 * longer in it: another tab has ordered or removed it. The caller has locked the member.
 */
export async function takeFromCart(
  tx: Tx,
  of: { memberId: number; goods: { variantId: number; sku: string; quantity: number }[] },
): Promise<void> {
  const ids = of.goods.map(({ variantId }) => variantId);
  const mine = and(inCartOf(of.memberId), inArray(cartLines.variantId, ids));
  const lines = await tx.select().from(cartLines).where(mine).orderBy(cartLines.variantId).for("update");
  const missing = of.goods.filter(({ variantId }) => !lines.some((line) => line.variantId === variantId));
  if (missing.length) throw new AppError("cart_changed", { skus: missing.map(({ sku }) => sku) });
  for (const { variantId, quantity } of of.goods) {
    const one = and(eq(cartLines.memberId, of.memberId), eq(cartLines.variantId, variantId));
    await tx.delete(cartLines).where(and(one, sql`${cartLines.quantity} <= ${quantity}`));
    await tx
      .update(cartLines)
      .set({ quantity: sql`${cartLines.quantity} - ${quantity}` })
      .where(one);
  }
}
