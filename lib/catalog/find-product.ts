import { and, eq } from "drizzle-orm";
import { products } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { describeProducts } from "./describe-products";
import type { ProductView } from "./present-product";

/** A product that is on sale, with its variants that are, or null. */
export async function findProduct(shop: Shop, slug: string): Promise<ProductView | null> {
  if (slug.includes("\0")) return null; // PostgreSQL refuses to look for it.
  const found = await shop.db
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.slug, slug), eq(products.onSale, true)));
  const [product] = await describeProducts(
    shop,
    found.map(({ id }) => id),
  );
  return product ?? null;
}
