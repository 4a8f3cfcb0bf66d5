import { and, eq } from "drizzle-orm";
import { products, variants } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { type ProductView, presentProduct } from "./present-product";

/** A product that is on sale, with its variants that are, or null. */
export async function findProduct(shop: Shop, slug: string): Promise<ProductView | null> {
  if (slug.includes("\0")) return null; // PostgreSQL refuses to look for it.
  const [product] = await shop.db
    .select()
    .from(products)
    .where(and(eq(products.slug, slug), eq(products.onSale, true)));
  if (!product) return null;
  const ofProduct = await shop.db
    .select()
    .from(variants)
    .where(and(eq(variants.productId, product.id), eq(variants.onSale, true)))
    .orderBy(variants.position, variants.id);
  return presentProduct({ ...product, variants: ofProduct });
}
