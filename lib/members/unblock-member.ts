import { eq } from "drizzle-orm";
import { members } from "@/lib/db/schema/members";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeMember } from "./change-member";

/** The shop sells to this member again. False when it did already. `not_found`, `member_erased`. */
export function unblockMember(shop: Shop, of: { memberId: number; by: Person }): Promise<boolean> {
  return changeMember(shop, of, async (tx, member) => {
    if (!member.blockedAt) return null;
    await tx
      .update(members)
      .set({ blockedAt: null, blockedReason: null, blockedBy: null })
      .where(eq(members.id, member.id));
    return { action: "member.unblock", before: { isBlocked: true }, after: { isBlocked: false } };
  });
}
