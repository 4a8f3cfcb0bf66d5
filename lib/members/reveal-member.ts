import { eq } from "drizzle-orm";
import { memberIdentities } from "@/lib/db/schema/members";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeMember } from "./change-member";
import { readRecipients } from "./read-recipients";

export type RevealedMember = { openids: { appid: string; openid: string }[]; recipients: Recipient[] };

/**
 * Whose openids these are and where their orders went, in full, for staff with the right; that they looked is kept in
 * the same transaction. `not_found`, `member_erased`.
 */
export async function revealMember(
  shop: Shop,
  of: { memberId: number; by: Person },
): Promise<RevealedMember> {
  let revealed: RevealedMember = { openids: [], recipients: [] };
  await changeMember(shop, of, async (tx, member) => {
    const { appid, openid, memberId, createdAt } = memberIdentities;
    const [openids, used] = [
      await tx
        .select({ appid, openid })
        .from(memberIdentities)
        .where(eq(memberId, member.id))
        .orderBy(createdAt)
        .limit(20),
      await readRecipients(tx, member.id),
    ];
    revealed = { openids, recipients: used.map(({ recipient }) => recipient) };
    return { action: "member.reveal" };
  });
  return revealed;
}
