import { asc, eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { holdCatalog } from "@/lib/catalog/hold-catalog";
import { categories } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

/** Moves a category one place up or down. False when it stands at that end already. `not_found`. */
export async function moveCategory(
  shop: Shop,
  of: { categoryId: number; to: "up" | "down"; by: Person },
): Promise<boolean> {
  return shop.db.transaction(async (tx) => {
    await holdCatalog(tx);
    const { id, title } = categories;
    const all = await tx
      .select({ id, title })
      .from(categories)
      .orderBy(asc(categories.position), asc(categories.id));
    const from = all.findIndex((one) => one.id === of.categoryId);
    const category = all[from];
    if (!category) throw new AppError("not_found");
    const to = of.to === "up" ? from - 1 : from + 1;
    if (to < 0 || to >= all.length) return false;

    for (const [position, one] of all.toSpliced(from, 1).toSpliced(to, 0, category).entries())
      await tx.update(categories).set({ position }).where(eq(categories.id, one.id));
    await writeEntry(tx, {
      ...of.by,
      action: "category.move",
      subject: "category",
      subjectId: of.categoryId,
      at: shop.now(),
      before: { place: from + 1 },
      after: { title: category.title, place: to + 1 },
    });
    return true;
  });
}
