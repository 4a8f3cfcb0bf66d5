import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { type ProductView, presentProduct } from "./present-product";

const pageSize = 24;

/** What is on sale, newest first. `cursor` is the `nextCursor` of the page before. */
export async function listProducts(
  shop: Shop,
  cursor: string | null = null,
): Promise<{ items: ProductView[]; nextCursor: string | null }> {
  if (cursor !== null && !/^\d{1,15}$/.test(cursor))
    throw new AppError("malformed", { errors: [{ path: "cursor", code: "invalid" }] });
  const page = await shop.db
    .select()
    .from(products)
    .where(and(eq(products.onSale, true), cursor === null ? undefined : lt(products.id, Number(cursor))))
    .orderBy(desc(products.id))
    .limit(pageSize + 1);
  const shown = page.slice(0, pageSize);
  const ofPage = shown.length
    ? await shop.db
        .select()
        .from(variants)
        .where(
          and(
            inArray(
              variants.productId,
              shown.map((product) => product.id),
            ),
            eq(variants.onSale, true),
          ),
        )
        .orderBy(variants.position, variants.id)
    : [];

  return {
    items: shown.map((product) =>
      presentProduct({ ...product, variants: ofPage.filter((v) => v.productId === product.id) }),
    ),
    nextCursor: page.length > pageSize ? String(shown.at(-1)?.id) : null,
  };
}
