import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { members } from "@/lib/db/schema/members";
import { AppError } from "@/lib/http/app-error";

/**
 * One deed at a time a member, and before any order's lock. A guest who has just signed in is another member now: the
 * caller asks again.
 */
export async function lockMember(
  tx: Tx,
  memberId: number,
): Promise<{ isBlocked: boolean; isErased: boolean }> {
  const [member] = await tx
    .select({ blockedAt: members.blockedAt, erasedAt: members.erasedAt })
    .from(members)
    .where(eq(members.id, memberId))
    .for("no key update");
  if (!member) throw new AppError("unauthenticated");
  return { isBlocked: member.blockedAt !== null, isErased: member.erasedAt !== null };
}

/** The same for what the member does in person: who was erased a moment ago has no session any more. */
export async function lockBuyer(tx: Tx, memberId: number): Promise<{ isBlocked: boolean }> {
  const { isBlocked, isErased } = await lockMember(tx, memberId);
  if (isErased) throw new AppError("unauthenticated");
  return { isBlocked };
}
