import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { categories, products } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { describeProducts } from "./describe-products";
import type { ProductView } from "./present-product";
import { productsMatching } from "./product-search";

const pageSize = 24;

export type ProductWish = {
  /** As `readSearch` answers it. */
  search?: string | null;
  /** A category's slug. */
  category?: string | null;
  /** The `nextCursor` of the page before. */
  cursor?: string | null;
};

/** What is on sale, newest first: all of it, a category's, or what a search finds. */
export async function listProducts(
  shop: Shop,
  { search, category, cursor }: ProductWish = {},
): Promise<{ items: ProductView[]; nextCursor: string | null }> {
  if (cursor && !/^\d{1,15}$/.test(cursor))
    throw new AppError("malformed", { errors: [{ path: "cursor", code: "invalid" }] });
  const page = await shop.db
    .select({ id: products.id })
    .from(products)
    .where(
      and(
        eq(products.onSale, true),
        category ? inCategory(category) : undefined,
        search ? productsMatching(search) : undefined,
        cursor ? lt(products.id, Number(cursor)) : undefined,
      ),
    )
    .orderBy(desc(products.id))
    .limit(pageSize + 1);
  const shown = page.slice(0, pageSize).map(({ id }) => id);
  return {
    items: await describeProducts(shop, shown),
    nextCursor: page.length > pageSize ? String(shown.at(-1)) : null,
  };
}

export function inCategory(slug: string): SQL {
  return sql`${products.categoryId} = (SELECT ${categories.id} FROM ${categories} WHERE ${categories.slug} = ${slug})`;
}
