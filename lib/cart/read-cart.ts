import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
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
    .orderBy(...lastFirst);
  return rows.map(presentLine);
}

/** How long after its removal a line can be put back. */
const undoLifeMs = 10 * 60_000;

/** The same for the page of it: in its place stands also the line that was taken out last, while it can be put back. */
export async function readCartAndRemoved(
  shop: Shop,
  memberId: number,
): Promise<(CartLine & { isRemoved: boolean })[]> {
  const since = new Date(shop.now().getTime() - undoLifeMs);
  const rows = await selectLines(shop)
    .where(
      and(eq(cartLines.memberId, memberId), or(isNull(cartLines.removedAt), gt(cartLines.removedAt, since))),
    )
    .orderBy(...lastFirst);
  const removals = rows.flatMap(({ line }) => line.removedAt?.getTime() ?? []);
  const last = Math.max(...removals);
  return rows
    .filter(({ line }) => line.removedAt === null || line.removedAt.getTime() === last)
    .map((row) => ({ ...presentLine(row), isRemoved: row.line.removedAt !== null }));
}

const lastFirst = [desc(cartLines.createdAt), desc(cartLines.variantId)];

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
