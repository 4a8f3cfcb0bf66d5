import { and, eq, or } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { savedViews } from "@/lib/db/schema/views";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

/**
 * Takes a view away: one's own, or, for whoever runs the staff (`tidies`), one that is shared, whose keeper may have left.
 * `not_found` for any other.
 */
export async function deleteView(shop: Shop, of: { id: number; tidies: boolean; by: Person }): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const own = eq(savedViews.staffId, of.by.staffId);
    const [view] = await tx
      .delete(savedViews)
      .where(and(eq(savedViews.id, of.id), of.tidies ? or(own, eq(savedViews.isShared, true)) : own))
      .returning();
    if (!view) throw new AppError("not_found");
    await writeEntry(tx, {
      ...of.by,
      action: "view.delete",
      subject: "view",
      subjectId: view.id,
      at: shop.now(),
      before: { staffId: view.staffId, isShared: view.isShared },
    });
  });
}
