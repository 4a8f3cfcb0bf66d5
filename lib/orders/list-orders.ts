import { and, asc, desc, eq, gt, inArray, lt, type SQL, sql } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import { clockOf, type OrderClock } from "@/lib/deliveries/clock";
import { clockFacts, clockJoins } from "@/lib/deliveries/clock-facts";
import type { OrderStatus } from "@/lib/orders/state";
import type { Shop } from "@/lib/shop";
import { idsNamed } from "./find-order-id";

export const orderPageSize = 50;

export type OrderFilter = {
  status: OrderStatus | null;
  /** A number of the order, its payments, receipts or refunds, whole. */
  search: string | null;
  /** Keyset: orders older than this id, or the ones just newer. */
  before?: number;
  after?: number;
};

export type ListedOrder = {
  id: number;
  orderNo: string;
  kind: "physical" | "virtual";
  status: OrderStatus;
  closedReason: (typeof orders.$inferSelect)["closedReason"];
  totalFen: number;
  createdAt: Date;
  expiresAt: Date;
  paidAt: Date | null;
  /** Null for an order that never had one. */
  clock: OrderClock | null;
  title: string;
  quantity: number;
  oweFen: number;
};

/** Cursors for the pages on both sides; null where there is none. */
export type OrderPage = { orders: ListedOrder[]; newer: number | null; older: number | null };

/** Orders, newest first. Every filter is an index range that ends after one page. */
export async function listOrders(shop: Shop, filter: OrderFilter): Promise<OrderPage> {
  const forward = filter.after !== undefined;
  const rows = await shop.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(...conditions(filter)))
    .orderBy(forward ? asc(orders.id) : desc(orders.id))
    .limit(orderPageSize + 1);
  const more = rows.length > orderPageSize;
  const ids = rows.slice(0, orderPageSize).map((row) => row.id);
  if (forward) ids.reverse();

  const first = ids[0] ?? null;
  const last = ids.at(-1) ?? null;
  return {
    orders: await describe(shop, ids),
    newer: forward ? (more ? first : null) : filter.before === undefined ? null : first,
    older: forward ? last : more ? last : null,
  };
}

function conditions({ status, search, before, after }: OrderFilter): (SQL | undefined)[] {
  return [
    status ? eq(orders.status, status) : undefined,
    search ? sql`${orders.id} IN (${idsNamed(search)})` : undefined,
    before === undefined ? undefined : lt(orders.id, before),
    after === undefined ? undefined : gt(orders.id, after),
  ];
}

const goneBack = sql`(SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f WHERE f.receipt_id = ${receipts.id}
  AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL))`;

async function describe(shop: Shop, ids: number[]): Promise<ListedOrder[]> {
  if (ids.length === 0) return [];
  const [rows, lines, owed] = await Promise.all([
    shop.db
      .select({ order: orders, ...clockFacts })
      .from(orders)
      .leftJoin(receipts, clockJoins.receipt)
      .leftJoin(deliveryReports, clockJoins.report)
      .where(inArray(orders.id, ids))
      .orderBy(desc(orders.id)),
    shop.db
      .select({
        orderId: orderLines.orderId,
        title: sql<string>`(array_agg(${orderLines.title} ORDER BY ${orderLines.variantId}))[1]`,
        quantity: sql<number>`sum(${orderLines.quantity})::int`,
      })
      .from(orderLines)
      .where(inArray(orderLines.orderId, ids))
      .groupBy(orderLines.orderId),
    shop.db
      .select({
        orderId: receipts.orderId,
        fen: sql<number>`sum(${receipts.totalFen} - ${goneBack})::float8`,
      })
      .from(receipts)
      .where(and(inArray(receipts.orderId, ids), eq(receipts.verdict, "surplus")))
      .groupBy(receipts.orderId),
  ]);
  const goods = new Map(lines.map((line) => [line.orderId, line]));
  const owes = new Map(owed.map((row) => [row.orderId, row.fen]));
  return rows.map(({ order, ...facts }) => {
    const { id, orderNo, kind, status, closedReason, totalFen, createdAt, expiresAt, paidAt } = order;
    return {
      ...{ id, orderNo, kind, status, closedReason, totalFen, createdAt, expiresAt, paidAt },
      clock: clockOf({ ...order, ...facts }),
      title: goods.get(id)?.title ?? "",
      quantity: goods.get(id)?.quantity ?? 0,
      oweFen: owes.get(id) ?? 0,
    };
  });
}
