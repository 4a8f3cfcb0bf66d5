import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";

export type VerdictCounts = {
  rows: number;
  /** Rows that will be shipped when the batch is applied. */
  ready: number;
  shipped: number;
  /** Rows that are not shipped, and never were by this batch. */
  refused: number;
  undone: number;
  /** Rows that stay shipped though the batch was undone: WeChat knows already, or the buyer has the parcel. */
  kept: number;
  /** Of the rows that are ready or shipped: how many orders, and how many buyers. */
  orders: number;
  buyers: number;
};

const none = { rows: 0, ready: 0, shipped: 0, refused: 0, undone: 0, kept: 0, orders: 0, buyers: 0 };

/** The rows `r` that were refused: their verdict is no other word, and no delivery of this batch is theirs. */
export const isRefused = sql`(r.verdict NOT IN ('ready', 'shipped', 'undone') AND r.delivery_id IS NULL)`;

export async function countVerdicts(db: Db | Tx, batchId: number): Promise<VerdictCounts> {
  return (await countManyVerdicts(db, [batchId])).get(batchId) ?? none;
}

export async function countManyVerdicts(
  db: Db | Tx,
  batchIds: number[],
): Promise<Map<number, VerdictCounts>> {
  const live = sql`(r.verdict IN ('ready', 'shipped'))`;
  const counted = await db.execute<VerdictCounts & { batchId: number }>(sql`
    SELECT r.batch_id::float8 AS "batchId", count(*)::int AS rows, count(*) FILTER (WHERE r.verdict = 'ready')::int AS ready,
           count(*) FILTER (WHERE r.verdict = 'shipped')::int AS shipped,
           count(*) FILTER (WHERE ${isRefused})::int AS refused,
           count(*) FILTER (WHERE r.verdict = 'undone')::int AS undone,
           count(*) FILTER (WHERE r.verdict NOT IN ('ready', 'shipped', 'undone') AND r.delivery_id IS NOT NULL)::int AS kept,
           count(DISTINCT r.order_id) FILTER (WHERE ${live})::int AS orders,
           count(DISTINCT o.member_id) FILTER (WHERE ${live})::int AS buyers
      FROM delivery_batch_rows r LEFT JOIN orders o ON o.id = r.order_id
     WHERE r.batch_id = ANY(${sql.param(batchIds)}::bigint[]) GROUP BY r.batch_id`);
  return new Map(counted.map(({ batchId, ...counts }) => [batchId, counts]));
}
