import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { holdCatalog } from "@/lib/catalog/hold-catalog";
import { categories } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { readCategoryTitle } from "./category-title";
import { refuseTaken } from "./create-category";

/**
 * Gives a category another name; its address stays, because buyers have passed it on. False when it has that name.
 * `not_found`, `category_invalid`, `category_taken`.
 */
export async function renameCategory(
  shop: Shop,
  of: { categoryId: number; title: string; by: Person },
): Promise<boolean> {
  const title = readCategoryTitle(of.title);
  return shop.db.transaction(async (tx) => {
    await holdCatalog(tx);
    const mine = eq(categories.id, of.categoryId);
    const [category] = await tx.select().from(categories).where(mine);
    if (!category) throw new AppError("not_found");
    if (category.title === title) return false;
    await refuseTaken(tx, title);
    await tx.update(categories).set({ title }).where(mine);
    await writeEntry(tx, {
      ...of.by,
      action: "category.rename",
      subject: "category",
      subjectId: of.categoryId,
      at: shop.now(),
      before: { title: category.title },
      after: { title },
    });
    return true;
  });
}
