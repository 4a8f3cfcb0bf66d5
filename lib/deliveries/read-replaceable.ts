import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import type { OrderPieces } from "./read-pieces";

export type Replaceable = {
  variantId: number;
  sku: string;
  title: string;
  quantity: number;
  /** Of these, the buyer has neither got nor is getting the money back. */
  owed: number;
};

/** The pieces of a failed delivery, and how many of each the buyer is still owed. */
export async function readReplaceable(
  db: Db | Tx,
  of: { deliveryId: number; orderId: number },
  { lines, wholeIs }: OrderPieces,
): Promise<Replaceable[]> {
  const failed = await db.execute<{ variantId: number; quantity: number; live: number }>(sql`
    SELECT d.variant_id::float8 AS "variantId", d.quantity, (SELECT coalesce(sum(o.quantity), 0)::int
      FROM delivery_lines o JOIN deliveries p ON p.id = o.delivery_id
      WHERE p.order_id = ${of.orderId} AND p.status IN ('shipped', 'received') AND o.variant_id = d.variant_id) AS live
    FROM delivery_lines d WHERE d.delivery_id = ${of.deliveryId} ORDER BY d.variant_id`);
  return failed.flatMap(({ variantId, quantity, live }) => {
    const line = lines.find((one) => one.variantId === variantId);
    if (!line) return [];
    // Refunds take what has not left before what has, as `take_back_pieces` does.
    const fromLost = Math.max(0, line.underway - line.left);
    const lost = line.shipped - line.cameBack - live - fromLost;
    const owed = wholeIs === "kept" ? Math.max(0, Math.min(quantity, lost)) : 0;
    return [{ variantId, sku: line.sku, title: line.title, quantity, owed }];
  });
}
