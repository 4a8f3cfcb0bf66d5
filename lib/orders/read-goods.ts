import { and, eq, inArray } from "drizzle-orm";
import { titleOf } from "@/lib/catalog/title-of";
import type { Tx } from "@/lib/db/connect";
import { type ProductKind, products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";

export type Good = {
  variantId: number;
  sku: string;
  title: string;
  image: string | null;
  kind: ProductKind;
  priceFen: number;
  quantity: number;
};

/**
 * What is asked for as it is sold now, by variant id; the same sku twice is one good. `product_unavailable` names those
 * that are not on sale. Nobody deletes a variant before the caller's transaction ends.
 */
export async function readGoods(tx: Tx, items: { sku: string; quantity: number }[]): Promise<Good[]> {
  const quantities = sumBySku(items);
  const rows = await tx
    .select({ variant: variants, product: products })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(
        inArray(variants.sku, [...quantities.keys()]),
        eq(products.onSale, true),
        eq(variants.onSale, true),
      ),
    )
    .orderBy(variants.id)
    .for("key share", { of: variants }); // As the lines will.
  const missing = [...quantities.keys()].filter((sku) => !rows.some(({ variant }) => variant.sku === sku));
  if (missing.length) throw new AppError("product_unavailable", { skus: missing });

  return rows.map(({ variant, product }) => ({
    variantId: variant.id,
    sku: variant.sku,
    title: titleOf(product.title, variant.title),
    image: product.images[0] ?? null,
    kind: product.kind,
    priceFen: variant.priceFen,
    quantity: quantities.get(variant.sku) ?? 0,
  }));
}

export function sumBySku(items: { sku: string; quantity: number }[]): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return quantities;
}
