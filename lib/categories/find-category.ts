import { eq } from "drizzle-orm";
import { categories } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import type { CategoryView } from "./list-categories";

/** The category that an address names, or null. */
export async function findCategory(shop: Shop, slug: string): Promise<CategoryView | null> {
  if (slug.includes("\0")) return null; // PostgreSQL refuses to look for it.
  const [category] = await shop.db
    .select({ slug: categories.slug, title: categories.title })
    .from(categories)
    .where(eq(categories.slug, slug));
  return category ?? null;
}
