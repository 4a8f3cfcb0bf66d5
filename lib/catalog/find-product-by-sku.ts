import { eq } from "drizzle-orm";
import { products, variants } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import { findProduct } from "./find-product";
import type { ProductView } from "./present-product";

/** The product on sale that has this sku, and its variant; null when there is none. */
export async function findProductBySku(
  shop: Shop,
  sku: string,
): Promise<{ product: ProductView; variant: ProductView["variants"][number] } | null> {
  const [owner] = await shop.db
    .select({ slug: products.slug })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(variants.sku, sku));
  const product = owner && (await findProduct(shop, owner.slug));
  const variant = product?.variants.find((one) => one.sku === sku);
  return product && variant ? { product, variant } : null;
}
