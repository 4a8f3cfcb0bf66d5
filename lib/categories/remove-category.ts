import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { holdCatalog } from "@/lib/catalog/hold-catalog";
import { categories, products } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

/**
 * Takes a category away. Its products stay, in none, each a version further, so that a form that still names it is told.
 * Answers its name and how many products that were. `not_found`.
 */
export async function removeCategory(
  shop: Shop,
  of: { categoryId: number; by: Person },
): Promise<{ title: string; products: number }> {
  return shop.db.transaction(async (tx) => {
    await holdCatalog(tx);
    const mine = eq(categories.id, of.categoryId);
    const [category] = await tx.select().from(categories).where(mine);
    if (!category) throw new AppError("not_found");
    const left = await tx
      .update(products)
      .set({ categoryId: null, version: sql`${products.version} + 1` })
      .where(eq(products.categoryId, of.categoryId))
      .returning({ id: products.id });
    await tx.delete(categories).where(mine);
    const { title, slug } = category;
    await writeEntry(tx, {
      ...of.by,
      action: "category.remove",
      subject: "category",
      subjectId: of.categoryId,
      at: shop.now(),
      before: { title, slug, products: left.length },
    });
    return { title, products: left.length };
  });
}
