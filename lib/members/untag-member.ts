import { and, eq } from "drizzle-orm";
import { memberTags } from "@/lib/db/schema/members";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeMember } from "./change-member";

/** Takes a tag off a member. False when it was not there. `not_found`, `member_erased`. */
export function untagMember(
  shop: Shop,
  { memberId, tag, by }: { memberId: number; tag: string; by: Person },
): Promise<boolean> {
  return changeMember(shop, { memberId, by }, async (tx) => {
    const gone = await tx
      .delete(memberTags)
      .where(and(eq(memberTags.memberId, memberId), eq(memberTags.tag, tag)))
      .returning();
    return gone.length > 0 ? { action: "member.tag", after: { removed: tag } } : null;
  });
}
