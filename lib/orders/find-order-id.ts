import { type SQL, sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";

/** The order that an order number, out_trade_no, transaction_id, out_refund_no, refund_id or tracking number belongs to. */
export async function findOrderId(
  shop: Shop,
  number: string,
): Promise<{ id: number; orderNo: string } | null> {
  const [row] = await shop.db.execute<{ id: number; orderNo: string }>(
    sql`SELECT id::float8 AS id, order_no AS "orderNo" FROM orders WHERE id IN (${idsNamed(number)})`,
  );
  return row ?? null;
}

/** The ids of the orders that a number belongs to. A union, not ORs: each branch is one look into a unique index. */
export function idsNamed(number: string): SQL {
  return sql`SELECT n.id FROM orders n WHERE n.order_no = ${number}
    UNION SELECT p.order_id FROM payments p WHERE p.out_trade_no = ${number}
    UNION SELECT r.order_id FROM receipts r WHERE r.transaction_id = ${number}
    UNION SELECT f.order_id FROM refunds f WHERE f.out_refund_no = ${number}
    UNION SELECT f.order_id FROM refunds f WHERE f.refund_id = ${number}
    UNION SELECT d.order_id FROM deliveries d WHERE d.tracking_no = ${number.toUpperCase()}`;
}
