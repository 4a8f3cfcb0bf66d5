import { and, desc, eq, gt } from "drizzle-orm";
import { cartLines } from "@/lib/db/schema/cart";
import { type ProductKind, products, variants } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { inCartOf } from "./in-cart-of";

export type CartLine = {
  variantId: number;
  sku: string;
  slug: string;
  title: string;
  /** Empty where a product has one variant. */
  variantTitle: string;
  kind: ProductKind;
  image: string | null;
  quantity: number;
  /** Of one piece, now. */
  priceFen: number;
  /** Of one piece, as the buyer was told last. */
  seenFen: number;
  /** Pieces that can be ordered now. */
  available: number;
  isOnSale: boolean;
};

/** A member's cart as it is now, what came last first; lines that nobody can order any more are still in it. */
export async function readCart(shop: Shop, memberId: number): Promise<CartLine[]> {
  const rows = await selectLines(shop)
    .where(inCartOf(memberId))
    .orderBy(desc(cartLines.createdAt), desc(cartLines.variantId));
  return rows.map(presentLine);
}

/** How long after its removal a line can be put back. */
const undoLifeMs = 10 * 60_000;

/** The line that was taken out last, while it can still be put back. */
export async function findRemovedLine(shop: Shop, memberId: number): Promise<CartLine | null> {
  const since = new Date(shop.now().getTime() - undoLifeMs);
  const [row] = await selectLines(shop)
    .where(and(eq(cartLines.memberId, memberId), gt(cartLines.removedAt, since)))
    .orderBy(desc(cartLines.removedAt))
    .limit(1);
  return row ? presentLine(row) : null;
}

function selectLines({ db }: Shop) {
  return db
    .select({ line: cartLines, variant: variants, product: products })
    .from(cartLines)
    .innerJoin(variants, eq(variants.id, cartLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId));
}

type Row = {
  line: typeof cartLines.$inferSelect;
  variant: typeof variants.$inferSelect;
  product: typeof products.$inferSelect;
};

function presentLine({ line, variant, product }: Row): CartLine {
  return {
    variantId: variant.id,
    sku: variant.sku,
    slug: product.slug,
    title: product.title,
    variantTitle: variant.title,
    kind: product.kind,
    image: product.images[0] ?? null,
    quantity: line.quantity,
    priceFen: variant.priceFen,
    seenFen: line.seenFen,
    available: variant.onHand - variant.allocated,
    isOnSale: product.onSale && variant.onSale,
  };
}
