import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/connect";

/** How a buyer has been so far: orders paid, and refunds asked for before this one that were not turned down. */
export type BuyerHistory = { ordersPaid: number; refunds: number; refundedFen: number };

export const noHistory: BuyerHistory = { ordersPaid: 0, refunds: 0, refundedFen: 0 };

const atMost = 1000; // Of a member's orders, the newest: nobody decides otherwise because of the thousand-and-first.

/** By refund id; without an order there is no buyer, and no entry. Money the shop sent back by itself does not count. */
export async function readHistory(db: Db, ids: number[]): Promise<Map<number, BuyerHistory>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<BuyerHistory & { id: number }>(
    sql`SELECT f.id::float8 AS id, h.paid AS "ordersPaid", h.refunds, h.fen AS "refundedFen"
      FROM refunds f JOIN orders o ON o.id = f.order_id
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE m.paid_at IS NOT NULL)::int AS paid, coalesce(sum(b.count), 0)::int AS refunds,
               coalesce(sum(b.fen), 0)::float8 AS fen
        FROM (SELECT id, paid_at FROM orders WHERE member_id = o.member_id ORDER BY id DESC LIMIT ${atMost}) m
        CROSS JOIN LATERAL (
          SELECT count(*) AS count, sum(e.refund_fen) AS fen FROM refunds e
          WHERE e.order_id = m.id AND e.id < f.id AND e.source <> 'shop'
            AND e.status NOT IN ('rejected', 'withdrawn', 'closed')
        ) b
      ) h
      WHERE f.id IN (${sql.join(ids, sql`, `)})`,
  );
  return new Map(
    rows.map(({ id, ordersPaid, refunds, refundedFen }) => [id, { ordersPaid, refunds, refundedFen }]),
  );
}
