import { and, eq, inArray, sql } from "drizzle-orm";
import { takeAddressesAlong } from "@/lib/addresses/take-addresses-along";
import { takeCartAlong } from "@/lib/cart/take-cart-along";
import type { Tx } from "@/lib/db/connect";
import { memberIdentities, memberSessions, members, memberTags } from "@/lib/db/schema/members";
import { staffNotes } from "@/lib/db/schema/notes";
import { idempotencyKeys, orders } from "@/lib/db/schema/orders";
import { uploads } from "@/lib/db/schema/pictures";
import { refunds } from "@/lib/db/schema/refunds";

/**
 * The member of an openid, made on first sight. A guest who signs in is that member from now on: orders, cart and
 * addresses go along, in the caller's transaction. The guest's own tokens end here: whoever planted one in this
 * browser must not come along.
 */
export async function signInWithOpenid(
  tx: Tx,
  identity: { appid: string; openid: string; unionid?: string | null; guestId: number | null },
): Promise<number> {
  const { appid, openid, unionid, guestId } = identity;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`openid:${appid}:${openid}`}, 0))`);
  const named = await findByOpenid(tx, { appid, openid });
  await lockMembers(tx, [named, guestId]);
  const known = named && (await findByOpenid(tx, { appid, openid })); // Erased, until it was locked, it is nobody's.
  const guest = guestId === null ? null : await findGuest(tx, guestId);
  if (guest !== null) await tx.delete(memberSessions).where(eq(memberSessions.memberId, guest));

  if (known) {
    if (guest !== null) await takeAlong(tx, guest, known);
    return known;
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

async function findByOpenid(tx: Tx, of: { appid: string; openid: string }): Promise<number | null> {
  const [identity] = await tx
    .select({ memberId: memberIdentities.memberId })
    .from(memberIdentities)
    .where(and(eq(memberIdentities.appid, of.appid), eq(memberIdentities.openid, of.openid)));
  return identity?.memberId ?? null;
}

/** By id, so that nobody waits in a circle; an order that a guest is just taking is waited for and goes along. */
async function lockMembers(tx: Tx, ids: (number | null)[]): Promise<void> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return;
  const { id } = members;
  await tx.select({ id }).from(members).where(inArray(id, wanted)).orderBy(id).for("update");
}

/** The guest's id, if it still is one: somebody who signed in, or was erased, is not. */
async function findGuest(tx: Tx, memberId: number): Promise<number | null> {
  const [member] = await tx.select().from(members).where(eq(members.id, memberId));
  const identities = await tx.$count(memberIdentities, eq(memberIdentities.memberId, memberId));
  return member && member.erasedAt === null && identities === 0 ? member.id : null;
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
  await takeCartAlong(tx, guestId, memberId);
  await takeAddressesAlong(tx, guestId, memberId);
  await bringStanding(tx, guestId, memberId);
  await tx.delete(members).where(eq(members.id, guestId));
}

/** What staff know of the guest is known of the member from now on; a block holds whichever of the two it was put on. */
async function bringStanding(tx: Tx, guestId: number, memberId: number): Promise<void> {
  await tx.execute(sql`INSERT INTO member_tags (member_id, tag)
    SELECT ${memberId}, tag FROM member_tags WHERE member_id = ${guestId} ON CONFLICT DO NOTHING`);
  await tx.delete(memberTags).where(eq(memberTags.memberId, guestId));
  await tx.execute(sql`UPDATE members m SET blocked_at = least(m.blocked_at, g.blocked_at), blocked_by = coalesce(m.blocked_by, g.blocked_by),
      blocked_reason = concat_ws(E'\n', m.blocked_reason, nullif(g.blocked_reason, m.blocked_reason))
    FROM members g WHERE g.id = ${guestId} AND g.blocked_at IS NOT NULL AND m.id = ${memberId}`);
}
