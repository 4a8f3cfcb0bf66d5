import { eq } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { managePerson } from "./manage-person";
import type { Person } from "./person";

/** Opens a closed account again, with the password and the second factor it had, and no failures counted. */
export function enableStaff(shop: Shop, of: { staffId: number; by: Person }): Promise<void> {
  return managePerson(shop, of, async (tx, { person }) => {
    if (!person.disabledAt) return null;
    await tx
      .update(staff)
      .set({ disabledAt: null, failedSignIns: 0, lockedUntil: null })
      .where(eq(staff.id, person.id));
    return { action: "staff.enable", after: { role: person.role } };
  });
}
