import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { addresses } from "@/lib/db/schema/addresses";
import { cartLines } from "@/lib/db/schema/cart";
import { memberIdentities, memberSessions, members, memberTags } from "@/lib/db/schema/members";
import { staffNotes } from "@/lib/db/schema/notes";
import { idempotencyKeys } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeMember } from "./change-member";
import { isAnythingOpen, readOpenMatters } from "./open-matters";
import { readPersonalTexts } from "./personal-texts";
import { scrubPictures } from "./scrub-pictures";
import { scrubRows } from "./scrub-rows";

/**
 * Deletes what a member's rows say of the person, for good, in one transaction; orders, money and the audit trail stay
 * and lead to nobody any more. What goes, what stays and why: docs/decisions/021. `confirmation` is the member's number,
 * typed. `malformed`, `not_found`, `member_erased`; `member_has_open_orders` with what is open.
 */
export async function eraseMember(
  shop: Shop,
  of: { memberId: number; confirmation: string; by: Person },
): Promise<void> {
  if (of.confirmation.replace(/^#/, "") !== String(of.memberId))
    throw new AppError("malformed", { errors: [{ path: "confirmation", code: "confirmation" }] });
  const at = shop.now();
  await changeMember(shop, of, async (tx, member) => {
    const orderIds = await lockOrders(tx, member.id);
    const open = await readOpenMatters(tx, member.id);
    if (isAnythingOpen(open)) throw new AppError("member_has_open_orders", { open });
    const texts = await readPersonalTexts(tx, { memberId: member.id, orderIds });
    await scrubRows(tx, { orderIds, texts, at });
    await scrubPictures(tx, { memberId: member.id, orderIds });
    await deleteIdentity(tx, member.id, orderIds);
    await tx
      .update(members)
      .set({ erasedAt: at, blockedAt: null, blockedReason: null, blockedBy: null })
      .where(eq(members.id, member.id));
    return { action: "member.erase", after: { orders: orderIds.length } };
  });
}

/** All of them, by id: whatever WeChat says meanwhile of their money waits, and then finds the member erased. */
export async function lockOrders(tx: Tx, memberId: number): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    SELECT id::float8 AS id FROM orders WHERE member_id = ${memberId} ORDER BY id FOR NO KEY UPDATE`);
  return rows.map(({ id }) => id);
}

async function deleteIdentity(tx: Tx, memberId: number, orderIds: number[]): Promise<void> {
  await tx.delete(memberSessions).where(eq(memberSessions.memberId, memberId));
  await tx.delete(memberIdentities).where(eq(memberIdentities.memberId, memberId));
  await tx.delete(memberTags).where(eq(memberTags.memberId, memberId));
  await tx.delete(cartLines).where(eq(cartLines.memberId, memberId));
  await tx.delete(addresses).where(eq(addresses.memberId, memberId));
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.memberId, memberId));
  await tx.delete(staffNotes).where(eq(staffNotes.memberId, memberId));
  await tx.execute(sql`DELETE FROM staff_notes WHERE order_id = ANY(${sql.param(orderIds)}::bigint[])`);
}
