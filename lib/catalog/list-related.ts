import { and, desc, eq, ne, sql } from "drizzle-orm";
import { products } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { describeProducts } from "./describe-products";
import type { ProductView } from "./present-product";

const mostShown = 4; // A row at a desk, two on a phone.

/** What else a buyer of this may like: of its category the newest, then the newest of the rest. */
export async function listRelated(shop: Shop, slug: string): Promise<ProductView[]> {
  const related = await shop.db
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.onSale, true), ne(products.slug, slug)))
    .orderBy(
      sql`${products.categoryId} IS NOT DISTINCT FROM (SELECT o.category_id FROM products o WHERE o.slug = ${slug}) DESC`,
      desc(products.id),
    )
    .limit(mostShown);
  return describeProducts(
    shop,
    related.map(({ id }) => id),
  );
}
