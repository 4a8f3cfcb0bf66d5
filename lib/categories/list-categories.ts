import { asc, sql } from "drizzle-orm";
import { categories } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";

export type CategoryView = { slug: string; title: string };

/** The categories that buyers find something in, in the shop's order. */
export function listCategories(shop: Shop): Promise<CategoryView[]> {
  return shop.db
    .select({ slug: categories.slug, title: categories.title })
    .from(categories)
    .where(sql`EXISTS (SELECT FROM products p WHERE p.category_id = ${categories.id} AND p.on_sale)`)
    .orderBy(asc(categories.position), asc(categories.id));
}
