import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { memberIdentities, memberSessions, members } from "@/lib/db/schema/members";
import { staffNotes } from "@/lib/db/schema/notes";
import { idempotencyKeys, orders } from "@/lib/db/schema/orders";
import { uploads } from "@/lib/db/schema/pictures";
import { refunds } from "@/lib/db/schema/refunds";

/**
 * The member of an openid, made on first sight. A guest who signs in is that member from now on: the guest's
 * orders go along, in the caller's transaction. The guest's own tokens end here: whoever planted one in this browser
 * must not come along.
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
  const guest = guestId === null ? null : await lockGuest(tx, guestId);
  if (guest !== null) await tx.delete(memberSessions).where(eq(memberSessions.memberId, guest));

  if (known) {
    if (guest !== null) await takeAlong(tx, guest, known.memberId);
    return known.memberId;
  }
  const memberId = guest ?? (await createMember(tx));
  await tx.insert(memberIdentities).values({ appid, openid, unionid, memberId });
  return memberId;
}

export async function createMember(tx: Tx): Promise<number> {
  const [member] = await tx.insert(members).values({}).returning({ id: members.id });
  if (!member) throw new Error("a member was not inserted");
  return member.id;
}

/** The guest's id, if it still is one. Locked, so that an order it is just taking is waited for and goes along. */
async function lockGuest(tx: Tx, memberId: number): Promise<number | null> {
  const [guest] = await tx.select().from(members).where(eq(members.id, memberId)).for("update");
  const identities = await tx.$count(memberIdentities, eq(memberIdentities.memberId, memberId));
  return guest && identities === 0 ? guest.id : null;
}

async function takeAlong(tx: Tx, guestId: number, memberId: number): Promise<void> {
  await tx.update(orders).set({ memberId }).where(eq(orders.memberId, guestId));
  await tx.execute(sql`UPDATE idempotency_keys k SET member_id = ${memberId} WHERE k.member_id = ${guestId}
    AND NOT EXISTS (SELECT 1 FROM idempotency_keys own WHERE own.member_id = ${memberId} AND own.key = k.key)`);
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.memberId, guestId));
  await tx.update(refunds).set({ memberId }).where(eq(refunds.memberId, guestId));
  await tx.update(staffNotes).set({ memberId }).where(eq(staffNotes.memberId, guestId));
  await tx.execute(sql`INSERT INTO uploads (member_id, picture_name, created_at)
    SELECT ${memberId}, picture_name, created_at FROM uploads WHERE member_id = ${guestId} ON CONFLICT DO NOTHING`);
  await tx.delete(uploads).where(eq(uploads.memberId, guestId));
  await tx.delete(members).where(eq(members.id, guestId));
}
