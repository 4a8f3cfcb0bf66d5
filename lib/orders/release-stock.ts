import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/** Gives back what a closed order held. The caller has just made the order's `close` move: it happens once. */
export async function releaseStock(tx: Tx, orderId: number): Promise<void> {
  await tx.execute(sql`SELECT 1 FROM variants v JOIN order_lines l ON l.variant_id = v.id WHERE l.order_id = ${orderId}
    ORDER BY v.id FOR NO KEY UPDATE OF v`);
  await tx.execute(sql`UPDATE variants v SET allocated = v.allocated - l.quantity FROM order_lines l
    WHERE l.order_id = ${orderId} AND l.variant_id = v.id`);
}
