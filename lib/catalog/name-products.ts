import { desc } from "drizzle-orm";
import type { Db } from "@/lib/db/connect";
import { products } from "@/lib/db/schema/catalog";

export type ProductName = { slug: string; title: string };

const atMost = 100;

/** The newest products by name, on sale or not: to choose from, and to say what a slug means. */
export function nameProducts(db: Db): Promise<ProductName[]> {
  return db
    .select({ slug: products.slug, title: products.title })
    .from(products)
    .orderBy(desc(products.id))
    .limit(atMost);
}
