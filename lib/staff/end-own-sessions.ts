import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { presentStaff, type Staff } from "./find-staff";
import type { Person } from "./person";

/** Signs a person out of every browser, by themselves; the caller opens this browser's session again. */
export function endOwnSessions(shop: Shop, { by }: { by: Person }): Promise<Staff> {
  return shop.db.transaction(async (tx) => {
    const [row] = await tx
      .update(staff)
      .set({ sessionVersion: sql`${staff.sessionVersion} + 1` })
      .where(eq(staff.id, by.staffId))
      .returning();
    if (!row) throw new AppError("unauthenticated");
    await writeEntry(tx, {
      ...{ ...by, at: shop.now() },
      action: "staff.end_sessions",
      subject: "staff",
      subjectId: by.staffId,
    });
    return presentStaff(row);
  });
}
