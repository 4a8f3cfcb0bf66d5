import { and, eq, inArray } from "drizzle-orm";
import { categories, products, variants } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { type ProductView, presentProduct } from "./present-product";

/** Products by their ids and in that order, each with its variants that are on sale. */
export async function describeProducts(shop: Shop, ids: number[]): Promise<ProductView[]> {
  if (ids.length === 0) return [];
  const [rows, ofRows] = await Promise.all([
    shop.db
      .select({ product: products, category: { slug: categories.slug, title: categories.title } })
      .from(products)
      .leftJoin(categories, eq(categories.id, products.categoryId))
      .where(inArray(products.id, ids)),
    shop.db
      .select()
      .from(variants)
      .where(and(inArray(variants.productId, ids), eq(variants.onSale, true)))
      .orderBy(variants.position, variants.id),
  ]);
  return ids.flatMap((id) => {
    const row = rows.find(({ product }) => product.id === id);
    if (!row) return [];
    const { product, category } = row;
    return [presentProduct({ ...product, category, variants: ofRows.filter((one) => one.productId === id) })];
  });
}
