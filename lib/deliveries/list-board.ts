import { asc, eq, inArray, sql } from "drizzle-orm";
import { deliveryReports, orderLines, orders, receipts, staff } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";
import { type BoardFilter, onBoard, readStates } from "./board-filter";
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
  filter: BoardFilter & { after?: BoardCursor },
): Promise<{ orders: BoardOrder[]; more: BoardCursor | null }> {
  const kept = onBoard(filter, await readStates(shop));
  const beyond = filter.after ? sql`AND (o.deliver_by, o.id) > ${startOf(filter.after)}` : sql``;
  const rows = await shop.db.execute<{ id: number; cursor: BoardCursor }>(
    sql`SELECT o.id::float8 AS id, (extract(epoch FROM o.deliver_by) * 1000000)::bigint || '-' || o.id AS cursor
      FROM orders o WHERE ${kept} ${beyond} ORDER BY o.deliver_by, o.id LIMIT ${boardPageSize + 1}`,
  );
  const page = rows.slice(0, boardPageSize);
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
  const [rows, lines] = await Promise.all([
    db
      .select({
        id: orders.id,
        orderNo: orders.orderNo,
        kind: orders.kind,
        deliverBy: sql<Date>`${orders.deliverBy}`.mapWith(orders.deliverBy),
        reminders: orders.reminders,
        remindedAt: orders.remindedAt,
        assignedTo: orders.assignedTo,
        person: staff.name,
        report: {
          status: deliveryReports.status,
          deliverStatus: deliveryReports.deliverStatus,
          attempts: deliveryReports.attempts,
        },
      })
      .from(orders)
      .leftJoin(staff, eq(staff.id, orders.assignedTo))
      .leftJoin(receipts, sql`${receipts.orderId} = ${orders.id} AND ${receipts.verdict} = 'settling'`)
      .leftJoin(deliveryReports, eq(deliveryReports.receiptId, receipts.id))
      .where(inArray(orders.id, ids))
      .orderBy(asc(orders.deliverBy), asc(orders.id)),
    db
      .select({
        orderId: orderLines.orderId,
        title: sql<string>`(array_agg(${orderLines.title} ORDER BY ${orderLines.variantId}))[1]`,
        lines: sql<number>`count(*)::int`,
        shipped: sql<number>`sum(${orderLines.shipped})::int`,
        of: sql<number>`sum(${orderLines.quantity} - ${orderLines.dropped})::int`,
      })
      .from(orderLines)
      .where(inArray(orderLines.orderId, ids))
      .groupBy(orderLines.orderId),
  ]);
  const goods = new Map(lines.map((line) => [line.orderId, line]));
  return rows.map(({ report, ...row }) => {
    const { title = "", lines = 0, shipped = 0, of = 0 } = goods.get(row.id) ?? {};
    return { ...row, title, lines, pieces: { shipped, of }, standing: standingOf({ shipped, of }, report) };
  });
}
