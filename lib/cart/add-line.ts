import { and, eq } from "drizzle-orm";
import { titleOf } from "@/lib/catalog/title-of";
import type { Tx } from "@/lib/db/connect";
import { cartLines } from "@/lib/db/schema/cart";
import { products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import { hashToken } from "@/lib/members/session";
import { mostLines, mostPieces } from "@/lib/orders/order-limits";
import type { Shop } from "@/lib/shop";
import { inCartOf } from "./in-cart-of";

export type AddedLine = {
  /** Of the product and, where it has several, the variant. */
  title: string;
  priceFen: number;
  available: number;
  /** Pieces of it in the cart now. */
  quantity: number;
  /** Pieces that this press put there: fewer than asked for where no more can be had, none in a repetition. */
  added: number;
  isRepeated: boolean;
};

/**
 * Puts pieces of a variant into a member's cart, no more than can be ordered now. `addKey` is of the rendered form: sent
 * again with the same quantity it adds nothing twice. What the buyer was told of the price of a line that was there
 * stays as it was. `product_unavailable`, `out_of_stock`, `cart_full`, `member_blocked`.
 */
export async function addLine(
  shop: Shop,
  of: { memberId: number; sku: string; quantity: number; addKey: string },
): Promise<AddedLine> {
  return shop.db.transaction(async (tx) => {
    const { isBlocked } = await lockBuyer(tx, of.memberId);
    if (isBlocked) throw new AppError("member_blocked");
    const { variant, title } = await readOffer(tx, of.sku);
    const available = variant.onHand - variant.allocated;
    // Changed and sent again, after going back, it is another wish. Hashed like a token: it may have opened a guest's session.
    const addKey = hashToken(`${of.addKey}:${of.quantity}`);
    const its = and(inCartOf(of.memberId), eq(cartLines.variantId, variant.id));
    const [line] = await tx.select().from(cartLines).where(its);
    const told = { title, priceFen: variant.priceFen, available };
    if (line?.addKey === addKey) return { ...told, quantity: line.quantity, added: 0, isRepeated: true };

    if (available <= 0) throw new AppError("out_of_stock", { sku: of.sku, available: 0 });
    const before = line?.quantity ?? 0;
    const added = Math.max(0, Math.min(of.quantity, available - before, mostPieces - before));
    const quantity = before + added;
    if (line && added > 0) await tx.update(cartLines).set({ quantity, addKey }).where(its);
    if (!line)
      await insertLine(
        tx,
        { ...of, variantId: variant.id, priceFen: variant.priceFen, quantity, addKey },
        shop.now(),
      );
    return { ...told, quantity, added, isRepeated: false };
  });
}

async function readOffer(tx: Tx, sku: string) {
  const [row] = sku.includes("\0") // PostgreSQL refuses to look for it.
    ? []
    : await tx
        .select({ variant: variants, product: products })
        .from(variants)
        .innerJoin(products, eq(products.id, variants.productId))
        .where(and(eq(variants.sku, sku), eq(variants.onSale, true), eq(products.onSale, true)))
        .for("key share", { of: variants }); // As the line will: nobody deletes it in between.
  if (!row) throw new AppError("product_unavailable", { skus: [sku] });
  const { variant, product } = row;
  return { variant, title: titleOf(product.title, variant.title) };
}

/** In the place of one that was taken out, if there is one. */
async function insertLine(
  tx: Tx,
  line: { memberId: number; variantId: number; priceFen: number; quantity: number; addKey: string },
  now: Date,
): Promise<void> {
  if ((await tx.$count(cartLines, inCartOf(line.memberId))) >= mostLines)
    throw new AppError("cart_full", { limit: mostLines });
  const { memberId, variantId, quantity, addKey, priceFen: seenFen } = line;
  const fresh = { quantity, addKey, seenFen, createdAt: now, removedAt: null };
  await tx
    .insert(cartLines)
    .values({ memberId, variantId, ...fresh })
    .onConflictDoUpdate({ target: [cartLines.memberId, cartLines.variantId], set: fresh });
}
