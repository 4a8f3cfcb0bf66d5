import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/connect";
import { readWithin } from "@/lib/db/read-within";
import { AppError } from "@/lib/http/app-error";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";
import { maskRecipient } from "./mask";
import type { MemberFilter } from "./member-filter";
import { membersNamed } from "./members-named";

export const memberPageSize = 50;
export const mostOrdersCounted = 1000; // Of a member, the newest: whoever has more is told as "1000+".

export type ListedMember = {
  id: number;
  createdAt: Date;
  isGuest: boolean;
  blockedAt: Date | null;
  erasedAt: Date | null;
  tags: string[];
  /** Of the newest orders, `mostOrdersCounted` at most. */
  orders: number;
  /** What settled these orders, whatever of it was refunded later. */
  paidFen: number;
  lastOrder: { orderNo: string; createdAt: Date } | null;
  /** To whom the last one that was sent went; masked. */
  recipient: Pick<Recipient, "name" | "phone" | "province" | "city"> | null;
};

/** Cursors for the pages on both sides; null where there is none. */
export type MemberPage = { members: ListedMember[]; newer: number | null; older: number | null };

/**
 * Members by a filter, newest first, or by their last order. A page is an index range read until it is full; what takes
 * longer than it may because next to nobody fits the filter is `filter_too_wide`.
 */
export async function listMembers(
  shop: Pick<Shop, "db">,
  filter: MemberFilter,
  page: { before?: number; after?: number; size?: number } = {},
): Promise<MemberPage> {
  const { size = memberPageSize } = page;
  const rows = await readWithin<{ id: number; key: number }>(
    shop.db,
    patienceMs,
    pageOf(filter, { ...page, limit: size + 1 }),
  );
  if (!rows) throw new AppError("filter_too_wide");
  const forward = page.after !== undefined;
  const more = rows.length > size;
  const shown = rows.slice(0, size);
  if (forward) shown.reverse();
  const first = shown[0]?.key ?? null;
  const last = shown.at(-1)?.key ?? null;
  return {
    members: await describe(
      shop.db,
      shown.map(({ id }) => id),
    ),
    newer: forward ? (more ? first : null) : page.before === undefined ? null : first,
    older: forward ? last : more ? last : null,
  };
}

/** Longer than any range of an index takes; beyond it a person had rather narrow the filter than wait. */
const patienceMs = 2_000;

/**
 * By last order there is no column to keep true when orders move between members: an order without a newer one of the
 * same member is its last, which the index on (member, order) answers.
 */
function pageOf(
  filter: MemberFilter,
  { before, after, limit }: { before?: number; after?: number; limit: number },
): SQL {
  const byOrder = filter.sort === "lastOrder";
  const key = byOrder ? sql`o.id` : sql`m.id`;
  const where = conditions(filter);
  if (before !== undefined) where.push(sql`${key} < ${before}`);
  if (after !== undefined) where.push(sql`${key} > ${after}`);
  if (byOrder)
    where.push(
      sql`NOT EXISTS (SELECT FROM orders later WHERE later.member_id = o.member_id AND later.id > o.id)`,
    );
  return sql`SELECT m.id::float8 AS id, ${key}::float8 AS key
    FROM ${byOrder ? sql`orders o JOIN members m ON m.id = o.member_id` : sql`members m`}
    ${where.length > 0 ? sql`WHERE ${sql.join(where, sql` AND `)}` : sql``}
    ORDER BY ${key} ${after === undefined ? sql`DESC` : sql`ASC`} LIMIT ${limit}`;
}

function conditions({ kind, state, tag, hasOrders, q, sort }: MemberFilter): SQL[] {
  const isKnown = sql`EXISTS (SELECT FROM member_identities i WHERE i.member_id = m.id)`;
  return [
    kind === "wechat" && isKnown,
    kind === "guest" && sql`NOT ${isKnown} AND m.erased_at IS NULL`,
    state === "blocked" && sql`m.blocked_at IS NOT NULL`,
    state === "erased" && sql`m.erased_at IS NOT NULL`,
    tag !== null && sql`EXISTS (SELECT FROM member_tags t WHERE t.member_id = m.id AND t.tag = ${tag})`,
    hasOrders &&
      sort !== "lastOrder" &&
      sql`EXISTS (SELECT FROM orders any_of WHERE any_of.member_id = m.id)`,
    // An array, so that the few it names are looked up and the many members not walked.
    q !== null &&
      sql`${sort === "lastOrder" ? sql`o.member_id` : sql`m.id`} = ANY (ARRAY(${membersNamed(q)}))`,
  ].filter((one) => one !== false);
}

type Row = Omit<ListedMember, "lastOrder" | "createdAt" | "blockedAt" | "erasedAt" | "recipient"> & {
  createdAt: string;
  blockedAt: string | null;
  erasedAt: string | null;
  lastOrderNo: string | null;
  lastOrderAt: string | null;
  recipient: Recipient | null;
};

async function describe(db: Db, ids: number[]): Promise<ListedMember[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<Row>(sql`
    SELECT m.id::float8 AS id, m.created_at AS "createdAt", m.blocked_at AS "blockedAt", m.erased_at AS "erasedAt",
      NOT EXISTS (SELECT FROM member_identities i WHERE i.member_id = m.id) AS "isGuest",
      ARRAY(SELECT t.tag FROM member_tags t WHERE t.member_id = m.id ORDER BY t.tag) AS tags,
      s.orders, s."paidFen", s."lastOrderNo", s."lastOrderAt", s.recipient
    FROM members m CROSS JOIN LATERAL (
      SELECT count(*)::int AS orders, coalesce(sum(r.total_fen), 0)::float8 AS "paidFen",
        (array_agg(o.order_no ORDER BY o.id DESC))[1] AS "lastOrderNo", max(o.created_at) AS "lastOrderAt",
        (array_agg(o.recipient ORDER BY o.id DESC) FILTER (WHERE o.recipient IS NOT NULL))[1] AS recipient
      FROM (SELECT * FROM orders WHERE member_id = m.id ORDER BY id DESC LIMIT ${mostOrdersCounted}) o
      LEFT JOIN receipts r ON r.order_id = o.id AND r.verdict = 'settling'
    ) s WHERE m.id IN (${sql.join(ids, sql`, `)})`);
  const byId = new Map(rows.map((row) => [row.id, present(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function present({ lastOrderNo, lastOrderAt, recipient, ...row }: Row): ListedMember {
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    blockedAt: row.blockedAt === null ? null : new Date(row.blockedAt),
    erasedAt: row.erasedAt === null ? null : new Date(row.erasedAt),
    lastOrder: lastOrderNo && lastOrderAt ? { orderNo: lastOrderNo, createdAt: new Date(lastOrderAt) } : null,
    recipient: recipient && row.erasedAt === null ? maskRecipient(recipient) : null,
  };
}
