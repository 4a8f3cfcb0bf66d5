import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema/orders";
import type { Shop } from "@/lib/shop";

const pageSize = 20;

export type OrderOfMember = Awaited<ReturnType<typeof listOrdersOfMember>>["orders"][number];

/** A member's orders for the desk, newest first; `before` is the `older` of the page before. */
export async function listOrdersOfMember(
  { db }: Pick<Shop, "db">,
  of: { memberId: number; before?: number },
) {
  const { id, orderNo, status, closedReason, totalFen, createdAt, paidAt, reminders, remindedAt } = orders;
  const rows = await db
    .select({ id, orderNo, status, closedReason, totalFen, createdAt, paidAt, reminders, remindedAt })
    .from(orders)
    .where(and(eq(orders.memberId, of.memberId), of.before === undefined ? undefined : lt(id, of.before)))
    .orderBy(desc(id))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const goods = await readGoods(
    db,
    shown.map((order) => order.id),
  );
  return {
    orders: shown.map((order) => ({ ...order, ...(goods.get(order.id) ?? { title: "", quantity: 0 }) })),
    older: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  };
}

async function readGoods(db: Shop["db"], orderIds: number[]) {
  if (orderIds.length === 0) return new Map<number, { title: string; quantity: number }>();
  const rows = await db
    .select({
      orderId: orderLines.orderId,
      title: sql<string>`(array_agg(${orderLines.title} ORDER BY ${orderLines.variantId}))[1]`,
      quantity: sql<number>`sum(${orderLines.quantity})::int`,
    })
    .from(orderLines)
    .where(inArray(orderLines.orderId, orderIds))
    .groupBy(orderLines.orderId);
  return new Map(rows.map(({ orderId, ...goods }) => [orderId, goods]));
}
