import { type SQL, sql } from "drizzle-orm";
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
  return (await readManyPieces(db, [orderId])).get(orderId) ?? { lines: [], wholeIs: "kept" };
}

/** The same of many orders, in two queries. */
export async function readManyPieces(db: Db | Tx, orderIds: number[]): Promise<Map<number, OrderPieces>> {
  const ids = sql`ANY(${sql.param(orderIds)}::bigint[])`;
  const wholes = await readWholes(db, ids);
  const lines = await db.execute<Pieces & { orderId: number }>(sql`
    WITH asked AS (
      SELECT r.order_id, rl.variant_id, coalesce(sum(rl.quantity) FILTER (WHERE ${underway}), 0)::int AS underway,
             coalesce(sum(rl.quantity) FILTER (WHERE ${settled}), 0)::int AS settled
        FROM receipts r JOIN refunds f ON f.receipt_id = r.id JOIN refund_lines rl ON rl.refund_id = f.id
       WHERE r.verdict = 'settling' AND r.order_id = ${ids} GROUP BY r.order_id, rl.variant_id
    )
    SELECT l.order_id::float8 AS "orderId", l.variant_id::float8 AS "variantId", l.sku, l.title, l.quantity, l.shipped, l.dropped,
           n.to_ship AS "left", least(n.to_ship, coalesce(a.underway, 0)) AS "goingBack",
           coalesce(a.underway, 0) AS "underway", greatest(0, coalesce(a.settled, 0) - l.dropped) AS "cameBack"
      FROM order_lines l CROSS JOIN LATERAL (SELECT l.quantity - l.shipped - l.dropped AS to_ship) n
      LEFT JOIN asked a ON a.order_id = l.order_id AND a.variant_id = l.variant_id
     WHERE l.order_id = ${ids} ORDER BY l.order_id, l.variant_id`);
  const pieces = new Map<number, OrderPieces>();
  for (const { orderId, ...line } of lines) {
    const wholeIs = wholes.get(orderId) ?? "kept";
    const of = pieces.get(orderId) ?? { lines: [], wholeIs };
    of.lines.push(wholeIs === "kept" ? line : { ...line, goingBack: line.left });
    pieces.set(orderId, of);
  }
  return pieces;
}

async function readWholes(db: Db | Tx, ids: SQL): Promise<Map<number, OrderPieces["wholeIs"]>> {
  const rows = await db.execute<{ orderId: number; gone: boolean; going: boolean }>(sql`
    SELECT r.order_id::float8 AS "orderId", is_refunded(r) AS gone, r.total_fen <= (SELECT coalesce(sum(f.refund_fen), 0)
        FROM refunds f WHERE f.receipt_id = r.id AND (${settled} OR ${underway})) AS going
      FROM receipts r WHERE r.order_id = ${ids} AND r.verdict = 'settling'`);
  return new Map(
    rows.map(({ orderId, gone, going }) => [orderId, gone ? "refunded" : going ? "going_back" : "kept"]),
  );
}
