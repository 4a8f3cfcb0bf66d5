import { and, desc, eq, ne, notInArray, type SQL } from "drizzle-orm";
import { products } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { describeProducts } from "./describe-products";
import { inCategory } from "./list-products";
import type { ProductView } from "./present-product";

const mostShown = 4; // A row at a desk, two on a phone.

/** What else a buyer of this may like: of its category the newest, then the newest of the rest. */
export async function listRelated(
  shop: Shop,
  { slug, category }: Pick<ProductView, "slug" | "category">,
): Promise<ProductView[]> {
  const newest = async (limit: number, among: SQL) => {
    const rows = await shop.db
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.onSale, true), ne(products.slug, slug), among))
      .orderBy(desc(products.id))
      .limit(limit);
    return rows.map(({ id }) => id);
  };
  const alike = category ? await newest(mostShown, inCategory(category.slug)) : [];
  const missing = mostShown - alike.length;
  const others = missing > 0 ? await newest(missing, notInArray(products.id, alike)) : [];
  return describeProducts(shop, [...alike, ...others]);
}
