import { eq, sql } from "drizzle-orm";
import { memberIdentities, members, memberTags } from "@/lib/db/schema/members";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { mostOrdersCounted } from "./list-members";
import { maskOpenid, maskRecipient } from "./mask";
import { readRecipients } from "./read-recipients";

export type MemberView = NonNullable<Awaited<ReturnType<typeof findMember>>>;

/** A member's sums over their newest orders, `mostOrdersCounted` at most. */
export type MemberTotals = {
  orders: number;
  paidOrders: number;
  paidFen: number;
  /** Of what these orders took in, surplus too: gone back, by WeChat or by hand. */
  refundedFen: number;
  reminders: number;
  lastOrderAt: Date | null;
};

/** One member as staff may see them, personal data masked; null when there is none of this number. */
export async function findMember({ db }: Pick<Shop, "db">, memberId: number) {
  const [found] = await db
    .select({ member: members, blocker: staff.name })
    .from(members)
    .leftJoin(staff, eq(staff.id, members.blockedBy))
    .where(eq(members.id, memberId));
  if (!found) return null;
  const [identities, tags, totals, recipients] = await Promise.all([
    db
      .select()
      .from(memberIdentities)
      .where(eq(memberIdentities.memberId, memberId))
      .orderBy(memberIdentities.createdAt)
      .limit(20),
    db
      .select({ tag: memberTags.tag })
      .from(memberTags)
      .where(eq(memberTags.memberId, memberId))
      .orderBy(memberTags.tag),
    readTotals(db, memberId),
    readRecipients(db, memberId),
  ]);
  return {
    ...found.member,
    blocker: found.blocker,
    identities: identities.map(({ appid, openid, createdAt }) => ({
      ...{ appid, createdAt },
      openid: maskOpenid(openid),
    })),
    tags: tags.map(({ tag }) => tag),
    totals,
    recipients: recipients.map(({ recipient, ...used }) => ({
      ...used,
      recipient: maskRecipient(recipient),
    })),
  };
}

async function readTotals(db: Shop["db"], memberId: number): Promise<MemberTotals> {
  const [row] = await db.execute<Omit<MemberTotals, "lastOrderAt"> & { lastOrderAt: string | null }>(sql`
    SELECT count(*)::int AS orders, count(o.paid_at)::int AS "paidOrders", coalesce(sum(o.reminders), 0)::int AS reminders,
      max(o.created_at) AS "lastOrderAt",
      coalesce(sum((SELECT sum(r.total_fen) FROM receipts r WHERE r.order_id = o.id AND r.verdict = 'settling')), 0)::float8
        AS "paidFen",
      coalesce(sum((SELECT sum(f.refund_fen) FROM refunds f WHERE f.order_id = o.id
        AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL))), 0)::float8 AS "refundedFen"
    FROM (SELECT * FROM orders WHERE member_id = ${memberId} ORDER BY id DESC LIMIT ${mostOrdersCounted}) o`);
  if (!row) throw new Error("a sum over no rows is a row");
  const { lastOrderAt, ...sums } = row;
  return { ...sums, lastOrderAt: lastOrderAt ? new Date(lastOrderAt) : null };
}
