import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { categories } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";

/** A category's name; null for none. `product_invalid` when it is gone: the caller holds the catalogue, so it stays. */
export async function nameCategory(tx: Tx, categoryId: number | null): Promise<string | null> {
  if (categoryId === null) return null;
  const [category] = await tx
    .select({ title: categories.title })
    .from(categories)
    .where(eq(categories.id, categoryId));
  if (!category)
    throw new AppError("product_invalid", { errors: [{ path: "categoryId", code: "categoryGone" }] });
  return category.title;
}
