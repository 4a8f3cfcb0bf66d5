import { and, asc, eq } from "drizzle-orm";
import { addLine } from "@/lib/cart/add-line";
import { variants } from "@/lib/db/schema/catalog";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";

export type BoughtAgain = {
  /** Lines of which pieces are in the cart now by this press. */
  added: number;
  /** Of these fewer pieces than were bought could be put there. */
  fewer: { title: string; pieces: number }[];
  /** These could not: withdrawn or sold out, or the cart has no place left. */
  missing: { title: string; why: "gone" | "cart_full" }[];
};

/**
 * Puts what an own order was made of into its buyer's cart, as far as it can be bought now. `addKey` is of the rendered
 * form: sent again it adds nothing twice. `not_found`, `member_blocked`.
 */
export async function buyAgain(
  shop: Shop,
  of: { orderNo: string; memberId: number; addKey: string },
): Promise<BoughtAgain> {
  const lines = await shop.db
    .select({ sku: variants.sku, title: orderLines.title, quantity: orderLines.quantity }) // Its sku as it is now.
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(variants, eq(variants.id, orderLines.variantId))
    .where(and(eq(orders.orderNo, of.orderNo), eq(orders.memberId, of.memberId)))
    .orderBy(asc(orderLines.variantId));
  if (lines.length === 0) throw new AppError("not_found");

  const outcome: BoughtAgain = { added: 0, fewer: [], missing: [] };
  for (const { sku, title, quantity } of lines) {
    try {
      const { memberId, addKey } = of;
      const { added, isRepeated } = await addLine(shop, { memberId, addKey, sku, quantity });
      if (added > 0 || isRepeated) outcome.added++;
      if (added < quantity && !isRepeated) outcome.fewer.push({ title, pieces: added });
    } catch (error) {
      const code = error instanceof AppError ? error.code : null;
      if (code === "product_unavailable" || code === "out_of_stock")
        outcome.missing.push({ title, why: "gone" });
      else if (code === "cart_full") outcome.missing.push({ title, why: "cart_full" });
      else throw error;
    }
  }
  return outcome;
}
