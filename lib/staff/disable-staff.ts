import { eq, sql } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { managePerson, refuseLastAndOwn } from "./manage-person";
import type { Person } from "./person";

/**
 * Closes an account: out at the next click, no sign-in, no link. What they did keeps their name. A session that was
 * open does not come back with the account. `last_owner`, `own_account`.
 */
export function disableStaff(shop: Shop, of: { staffId: number; by: Person }): Promise<void> {
  return managePerson(shop, of, async (tx, managed) => {
    const { person } = managed;
    if (person.disabledAt) return null;
    refuseLastAndOwn(managed);
    await tx
      .update(staff)
      .set({
        disabledAt: shop.now(),
        sessionVersion: sql`${staff.sessionVersion} + 1`,
        inviteHash: null,
        inviteExpiresAt: null,
      })
      .where(eq(staff.id, person.id));
    return { action: "staff.disable", before: { role: person.role } };
  });
}
