import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { readPieces } from "./read-pieces";

/**
 * Whether pieces of an order were lost on their way: they have left, are in no parcel that has not failed, and neither
 * they nor their money have come back. Such an order is not done with.
 */
export async function isSomethingLost(db: Tx | Db, orderId: number): Promise<boolean> {
  const { lines, wholeIs } = await readPieces(db, orderId);
  if (wholeIs === "refunded") return false;
  const rows = await db.execute<{ variantId: number; pieces: number }>(sql`
    SELECT l.variant_id::float8 AS "variantId", sum(l.quantity)::int AS pieces
    FROM deliveries d JOIN delivery_lines l ON l.delivery_id = d.id
    WHERE d.order_id = ${orderId} AND d.status IN ('shipped', 'received') GROUP BY l.variant_id`);
  const live = new Map(rows.map(({ variantId, pieces }) => [variantId, pieces]));
  return lines.some(({ variantId, shipped, cameBack }) => shipped - cameBack > (live.get(variantId) ?? 0));
}
