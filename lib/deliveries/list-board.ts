import { asc, eq, inArray, sql } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { type BoardFilter, onBoard, readStates } from "./board-filter";
import { clockFacts, clockJoins } from "./clock-facts";
import { standingOf } from "./standing";

export const boardPageSize = 50;

/** Where a page ends: a deadline to the microsecond, and an order's id. */
export type BoardCursor = `${number}-${number}`;

export type BoardOrder = Awaited<ReturnType<typeof describe>>[number];

/**
 * One page of the deadline board: every order whose clock runs, worst first. `after` is where the page before ended,
 * `more` where this one does; null at the end.
 */
export async function listBoard(
  shop: Shop,
  filter: BoardFilter & { after?: BoardCursor; size?: number },
): Promise<{ orders: BoardOrder[]; more: BoardCursor | null }> {
  const { size = boardPageSize } = filter;
  const kept = onBoard(filter, await readStates(shop));
  const beyond = filter.after ? sql`AND (o.deliver_by, o.id) > ${startOf(filter.after)}` : sql``;
  const rows = await shop.db.execute<{ id: number; cursor: BoardCursor }>(
    sql`SELECT o.id::float8 AS id, (extract(epoch FROM o.deliver_by) * 1000000)::bigint || '-' || o.id AS cursor
      FROM orders o WHERE ${kept} ${beyond} ORDER BY o.deliver_by, o.id LIMIT ${size + 1}`,
  );
  const page = rows.slice(0, size);
  return {
    orders: await describe(
      shop,
      page.map((row) => row.id),
    ),
    more: rows.length > page.length ? (page.at(-1)?.cursor ?? null) : null,
  };
}

function startOf(cursor: BoardCursor) {
  const [micros, id] = cursor.split("-");
  return sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id}::bigint)`;
}

async function describe({ db }: Shop, ids: number[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: orders.id,
      orderNo: orders.orderNo,
      kind: orders.kind,
      deliverBy: sql<Date>`${orders.deliverBy}`.mapWith(orders.deliverBy),
      reminders: orders.reminders,
      remindedAt: orders.remindedAt,
      person: staff.name,
      goods: sql<{ title: string; lines: number }>`(SELECT json_build_object('lines', count(*),
        'title', (array_agg(l.title ORDER BY l.variant_id))[1]) FROM order_lines l WHERE l.order_id = ${orders.id})`,
      ...clockFacts,
    })
    .from(orders)
    .leftJoin(staff, eq(staff.id, orders.assignedTo))
    .leftJoin(receipts, clockJoins.receipt)
    .leftJoin(deliveryReports, clockJoins.report)
    .where(inArray(orders.id, ids))
    .orderBy(asc(orders.deliverBy), asc(orders.id));
  return rows.map(({ report, isRefunded: _, ...row }) => ({
    ...row,
    standing: standingOf(row.pieces, report),
  }));
}
