import { eq, max } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { makeSlug } from "@/lib/catalog/choose-slug";
import { holdCatalog } from "@/lib/catalog/hold-catalog";
import type { Tx } from "@/lib/db/connect";
import { categories } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { mostCategories, readCategoryTitle } from "./category-title";

/** A new category, behind the others. `category_invalid`, `category_taken`, `too_many_categories`. */
export async function createCategory(
  shop: Shop,
  of: { title: string; by: Person },
): Promise<{ categoryId: number; title: string }> {
  const title = readCategoryTitle(of.title);
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    await holdCatalog(tx);
    await refuseTaken(tx, title);
    if ((await tx.$count(categories)) >= mostCategories)
      throw new AppError("too_many_categories", { most: mostCategories });
    const slug = await makeSlug({ title, blank: "c", isFree: (wished) => isSlugFree(tx, wished) });
    const [last] = await tx.select({ position: max(categories.position) }).from(categories);
    const [category] = await tx
      .insert(categories)
      .values({ slug, title, position: (last?.position ?? -1) + 1, createdAt: now })
      .returning({ id: categories.id });
    if (!category) throw new Error("the category was not inserted");
    await writeEntry(tx, {
      ...of.by,
      action: "category.create",
      subject: "category",
      subjectId: category.id,
      at: now,
      after: { title, slug },
    });
    return { categoryId: category.id, title };
  });
}

/** The caller holds the catalogue: what is free stays free. */
export async function refuseTaken(tx: Tx, title: string): Promise<void> {
  const [taken] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.title, title));
  if (taken) throw new AppError("category_taken");
}

async function isSlugFree(tx: Tx, slug: string): Promise<boolean> {
  const [taken] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.slug, slug));
  return taken === undefined;
}
