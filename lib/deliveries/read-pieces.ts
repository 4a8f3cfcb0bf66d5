import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";

/** One line of an order, in pieces. True while the caller holds the order's lock. */
export type Pieces = {
  variantId: number;
  sku: string;
  title: string;
  quantity: number;
  shipped: number;
  dropped: number;
  /** Still to ship. */
  left: number;
  /** Of those left: promised back by a refund that was approved and is not through yet. */
  goingBack: number;
  /** Promised back by such refunds, whether they have left or not. */
  underway: number;
  /** That came back, or were given up, after they had left. */
  cameBack: number;
};

export type OrderPieces = {
  lines: Pieces[];
  /** All money is back, or on its way back. */
  wholeIs: "kept" | "going_back" | "refunded";
};

const settled = sql`(f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)`;
const underway = sql`(f.manual_paid_at IS NULL
  AND f.status IN ('approved', 'awaiting_return', 'sending', 'accepted', 'abnormal', 'manual'))`;

/** What of an order can still leave the shop, and what of it is promised back to the buyer. */
export async function readPieces(db: Db | Tx, orderId: number): Promise<OrderPieces> {
  const wholeIs = await readWhole(db, orderId);
  const lines = await db.execute<Pieces & Record<string, unknown>>(sql`
    WITH asked AS (
      SELECT rl.variant_id, coalesce(sum(rl.quantity) FILTER (WHERE ${underway}), 0)::int AS underway,
             coalesce(sum(rl.quantity) FILTER (WHERE ${settled}), 0)::int AS settled
        FROM refunds f JOIN receipts r ON r.id = f.receipt_id AND r.verdict = 'settling' AND r.order_id = ${orderId}
        JOIN refund_lines rl ON rl.refund_id = f.id GROUP BY rl.variant_id
    )
    SELECT l.variant_id::float8 AS "variantId", l.sku, l.title, l.quantity, l.shipped, l.dropped, n.to_ship AS "left",
           CASE WHEN ${wholeIs !== "kept"} THEN n.to_ship ELSE least(n.to_ship, coalesce(a.underway, 0)) END AS "goingBack",
           coalesce(a.underway, 0) AS "underway", greatest(0, coalesce(a.settled, 0) - l.dropped) AS "cameBack"
      FROM order_lines l CROSS JOIN LATERAL (SELECT l.quantity - l.shipped - l.dropped AS to_ship) n
      LEFT JOIN asked a ON a.variant_id = l.variant_id WHERE l.order_id = ${orderId} ORDER BY l.variant_id`);
  return { lines: [...lines], wholeIs };
}

async function readWhole(db: Db | Tx, orderId: number): Promise<OrderPieces["wholeIs"]> {
  const [row] = await db.execute<{ gone: boolean; going: boolean }>(sql`
    SELECT is_refunded(r) AS gone, r.total_fen <= (SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f
        WHERE f.receipt_id = r.id AND (${settled} OR ${underway})) AS going
      FROM receipts r WHERE r.order_id = ${orderId} AND r.verdict = 'settling'`);
  if (row?.gone) return "refunded";
  return row?.going ? "going_back" : "kept";
}
