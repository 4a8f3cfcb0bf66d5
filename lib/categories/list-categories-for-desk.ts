import { asc, sql } from "drizzle-orm";
import { categories } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";

export type DeskCategory = Awaited<ReturnType<typeof listCategoriesForDesk>>[number];

/** Every category in the shop's order, with how many products it has and how many of them are on sale. */
export function listCategoriesForDesk(shop: Shop) {
  const productsIn = (condition = sql``) =>
    sql<number>`(SELECT count(*)::int FROM products p WHERE p.category_id = "categories"."id" ${condition})`;
  return shop.db
    .select({
      id: categories.id,
      slug: categories.slug,
      title: categories.title,
      products: productsIn(),
      onSale: productsIn(sql`AND p.on_sale`),
    })
    .from(categories)
    .orderBy(asc(categories.position), asc(categories.id));
}
