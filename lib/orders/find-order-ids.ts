import type { Shop } from "@/lib/shop";

/**
 * The orders that each number names, by order number, out_trade_no or transaction_id: one query for all of them, each
 * branch a look into a unique index. A number that names none is not in the answer.
 */
export async function findOrderIds(shop: Shop, numbers: string[]): Promise<Map<string, number[]>> {
  const wanted = [...new Set(numbers)];
  const rows = await shop.sql<{ number: string; id: number }[]>`
    WITH wanted AS MATERIALIZED (SELECT n AS number FROM unnest(${wanted}::text[]) n)
    SELECT w.number, o.id::float8 AS id FROM wanted w JOIN orders o ON o.order_no = w.number
    UNION SELECT w.number, p.order_id::float8 FROM wanted w JOIN payments p ON p.out_trade_no = w.number
    UNION SELECT w.number, r.order_id::float8 FROM wanted w JOIN receipts r ON r.transaction_id = w.number
      WHERE r.order_id IS NOT NULL`;
  const found = new Map<string, number[]>();
  for (const { number, id } of rows) found.set(number, [...(found.get(number) ?? []), id]);
  return found;
}
