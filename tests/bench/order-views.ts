import { allOrders, type OrderFilter, writeOrderFilter } from "@/lib/orders/order-filter";
import { orderStatuses } from "@/lib/orders/state";
import type { Shop } from "@/lib/shop";
import { regulars } from "./prepare-order-list";

/** One way to look at the list, with the different things it is asked for in turn. */
export type View = { what: string; asked: Asked[] };
export type Asked = { filter: OrderFilter; before?: string };

const differently = 50;

/** The views that people open all day. */
export async function namedViews(shop: Shop, orders: number): Promise<View[]> {
  const { sql } = shop;
  const some = sql`generate_series(1, ${differently}::int) n, LATERAL (SELECT 1 + (n * 7919::bigint * 104729 % ${orders}) AS id) drawn`;
  const texts = async (rows: PromiseLike<{ text: string }[]>) => (await rows).map(({ text }) => text);
  const search = (found: string[]): Asked[] => found.map((q) => ({ filter: { ...allOrders, q } }));
  const page = (filter: Partial<OrderFilter>): Asked[] => [{ filter: { ...allOrders, ...filter } }];
  const cursors =
    texts(sql`SELECT '0-' || (extract(epoch FROM o.created_at) * 1000000)::bigint || '-' || o.id AS text
    FROM ${some} JOIN orders o ON o.id = ${orders}::int / 20 + drawn.id / 2`);
  return [
    { what: "all, first page", asked: page({}) },
    ...orderStatuses.map((status) => ({ what: `${status}, first page`, asked: page({ status }) })),
    { what: "by deadline", asked: page({ sort: "deadline" }) },
    {
      what: "an order number",
      asked: search(
        await texts(sql`SELECT o.order_no AS text FROM ${some} JOIN orders o ON o.id = drawn.id`),
      ),
    },
    {
      what: "a transaction id",
      asked: search(
        await texts(
          sql`SELECT r.transaction_id AS text FROM ${some} JOIN receipts r ON r.order_id = drawn.id`,
        ),
      ),
    },
    {
      what: "a phone's last digits",
      asked: search(
        await texts(
          sql`SELECT right(max(phone), 4) AS text FROM orders WHERE member_id <= ${regulars} GROUP BY member_id`,
        ),
      ),
    },
    {
      what: "half-way down and further",
      asked: (await cursors).map((before) => ({ filter: allOrders, before })),
    },
  ];
}

export function pathOf({ filter, before }: Asked): string {
  const query = new URLSearchParams({ ...writeOrderFilter(filter), ...(before ? { before } : {}) });
  return `/dashboard/orders?${query}`;
}
