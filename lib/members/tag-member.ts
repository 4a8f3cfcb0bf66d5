import { eq } from "drizzle-orm";
import { memberTags } from "@/lib/db/schema/members";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeMember } from "./change-member";

export const tagLength = 20; // Longer than this is a note.
export const mostTags = 20; // A member with more is told apart by none of them.

/**
 * Puts a tag on a member, by which the list can be filtered. False when it was there already. `tag_invalid` for one
 * that is empty or too long, or the twenty-first; `not_found`, `member_erased`.
 */
export async function tagMember(
  shop: Shop,
  of: { memberId: number; tag: string; by: Person },
): Promise<boolean> {
  const tag = readTag(of.tag);
  return changeMember(shop, of, async (tx, member) => {
    const own = await tx.select().from(memberTags).where(eq(memberTags.memberId, member.id));
    if (own.some((one) => one.tag === tag)) return null;
    if (own.length >= mostTags) throw new AppError("tag_invalid");
    await tx.insert(memberTags).values({ memberId: member.id, tag });
    return { action: "member.tag", after: { added: tag } };
  });
}

/** Full-width letters and ideographic spaces are how a phone types: the same tag, however it was written. */
function readTag(typed: string): string {
  const tag = typed.normalize("NFKC").replace(/\s+/g, " ").trim();
  const length = [...tag].length;
  if (length < 1 || length > tagLength || /\p{Cc}/u.test(tag) || !tag.isWellFormed())
    throw new AppError("tag_invalid");
  return tag;
}
