import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { idempotencyKeys, memberIdentities, memberSessions, members, orders } from "@/lib/db/schema";

/**
 * The member of an openid, made on first sight. A guest who signs in is that member from now on: the guest's
 * orders and sessions go along, in the caller's transaction.
 */
export async function signInWithOpenid(
  tx: Tx,
  identity: { appid: string; openid: string; unionid?: string | null; guestId: number | null },
): Promise<number> {
  const { appid, openid, unionid, guestId } = identity;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`openid:${appid}:${openid}`}, 0))`);
  const [known] = await tx
    .select({ memberId: memberIdentities.memberId })
    .from(memberIdentities)
    .where(and(eq(memberIdentities.appid, appid), eq(memberIdentities.openid, openid)));
  const guestIsNew = guestId !== null && !(await hasIdentity(tx, guestId));

  if (known) {
    if (guestIsNew && guestId !== known.memberId) await takeAlong(tx, guestId, known.memberId);
    return known.memberId;
  }
  const memberId = guestIsNew ? guestId : await createMember(tx);
  await tx.insert(memberIdentities).values({ appid, openid, unionid, memberId });
  return memberId;
}

export async function createMember(tx: Tx): Promise<number> {
  const [member] = await tx.insert(members).values({}).returning({ id: members.id });
  if (!member) throw new Error("a member was not inserted");
  return member.id;
}

async function hasIdentity(tx: Tx, memberId: number): Promise<boolean> {
  const found = await tx
    .select()
    .from(memberIdentities)
    .where(eq(memberIdentities.memberId, memberId))
    .limit(1);
  return found.length > 0;
}

async function takeAlong(tx: Tx, guestId: number, memberId: number): Promise<void> {
  await tx.update(orders).set({ memberId }).where(eq(orders.memberId, guestId));
  await tx.update(memberSessions).set({ memberId }).where(eq(memberSessions.memberId, guestId));
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.memberId, guestId));
  await tx.delete(members).where(eq(members.id, guestId));
}
