import { and, asc, desc, gt, inArray, lt, sql } from "drizzle-orm";
import { products, variants } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { type ProductFilter, productConditions } from "./product-filter";

export const productPageSize = 25;

export type ListedProduct = Awaited<ReturnType<typeof describe>>[number];
export type ListedVariant = ListedProduct["variants"][number];

/** The shop's goods, newest first, on sale or not; cursors for the pages on both sides, null where there is none. */
export async function listProductsForDesk(
  shop: Shop,
  { before, after, ...filter }: ProductFilter & { before?: number; after?: number },
) {
  const forward = after !== undefined;
  const rows = await shop.db
    .select({ id: products.id })
    .from(products)
    .where(
      and(
        productConditions(filter),
        before === undefined ? undefined : lt(products.id, before),
        after === undefined ? undefined : gt(products.id, after),
      ),
    )
    .orderBy(forward ? asc(products.id) : desc(products.id))
    .limit(productPageSize + 1);
  const more = rows.length > productPageSize;
  const ids = rows.slice(0, productPageSize).map(({ id }) => id);
  if (forward) ids.reverse();

  const first = ids[0] ?? null;
  const last = ids.at(-1) ?? null;
  return {
    products: await describe(shop, ids),
    newer: forward ? (more ? first : null) : before === undefined ? null : first,
    older: forward ? last : more ? last : null,
  };
}

/** Whether the shop has any product at all: an empty list says something else then. */
export async function hasProducts(shop: Shop): Promise<boolean> {
  return (await shop.db.select({ id: products.id }).from(products).limit(1)).length > 0;
}

async function describe(shop: Shop, ids: number[]) {
  if (ids.length === 0) return [];
  const [rows, ofPage] = await Promise.all([
    shop.db.select().from(products).where(inArray(products.id, ids)).orderBy(desc(products.id)),
    shop.db
      .select({
        id: variants.id,
        productId: variants.productId,
        sku: variants.sku,
        title: variants.title,
        priceFen: variants.priceFen,
        onHand: variants.onHand,
        allocated: variants.allocated,
        onSale: variants.onSale,
        deliveredAs: sql<
          "text" | "link" | "codes" | null
        >`(SELECT c.kind FROM virtual_contents c WHERE c.variant_id = variants.id)`,
        codesLeft: sql<number>`(SELECT count(*)::int FROM (SELECT FROM codes k
          WHERE k.variant_id = variants.id AND k.delivery_id IS NULL LIMIT ${countedAtMost}) t)`,
      })
      .from(variants)
      .where(inArray(variants.productId, ids))
      .orderBy(asc(variants.position), asc(variants.id)),
  ]);
  return rows.map(({ description: _, ...product }) => ({
    ...product,
    variants: ofPage.filter(({ productId }) => productId === product.id),
  }));
}
