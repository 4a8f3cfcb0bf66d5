import { eq } from "drizzle-orm";
import { type StaffRole, staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { managePerson, refuseLastAndOwn } from "./manage-person";
import type { Person } from "./person";

/** What a person may do from their next click on. `last_owner`, `own_account`. */
export function changeRole(shop: Shop, of: { staffId: number; role: StaffRole; by: Person }): Promise<void> {
  return managePerson(shop, of, async (tx, managed) => {
    const { person } = managed;
    if (person.role === of.role) return null;
    refuseLastAndOwn(managed);
    await tx.update(staff).set({ role: of.role }).where(eq(staff.id, person.id));
    return { action: "staff.change_role", before: { role: person.role }, after: { role: of.role } };
  });
}
