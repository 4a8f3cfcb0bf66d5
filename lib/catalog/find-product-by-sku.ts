import { eq } from "drizzle-orm";
import { products, variants } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { findProduct } from "./find-product";
import type { ProductView } from "./present-product";

/** The product on sale of which this sku is a variant on sale; null when there is none. */
export async function findProductBySku(shop: Shop, sku: string): Promise<ProductView | null> {
  if (sku.includes("\0")) return null; // PostgreSQL refuses to look for it.
  const [owner] = await shop.db
    .select({ slug: products.slug })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(variants.sku, sku));
  const product = owner && (await findProduct(shop, owner.slug));
  return product?.variants.some((one) => one.sku === sku) ? product : null;
}
