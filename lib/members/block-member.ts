import { eq } from "drizzle-orm";
import { members } from "@/lib/db/schema/members";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { changeMember } from "./change-member";

/**
 * From now on this member can neither order nor start a payment; what was paid goes on as agreed, and money that is on
 * its way still settles. The reason is for staff and stays out of the audit entry, which outlives the member's data.
 * False when they were blocked already. `reason_required`, `not_found`, `member_erased`.
 */
export async function blockMember(
  shop: Shop,
  of: { memberId: number; reason: string; by: Person },
): Promise<boolean> {
  const blockedReason = readNote(of.reason);
  return changeMember(shop, of, async (tx, member) => {
    if (member.blockedAt) return null;
    await tx
      .update(members)
      .set({ blockedAt: shop.now(), blockedReason, blockedBy: of.by.staffId })
      .where(eq(members.id, member.id));
    return { action: "member.block", before: { isBlocked: false }, after: { isBlocked: true } };
  });
}
