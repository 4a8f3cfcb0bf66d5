import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { refundLines, refunds } from "@/lib/db/schema/refunds";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { branchRows } from "./branch-rows";
import { queueBranches, type RefundQueue } from "./queues";
import { noHistory, readHistory } from "./read-history";

export const refundPageSize = 50;

export type ListedRefund = Awaited<ReturnType<typeof describe>>[number];

/**
 * One page of a queue: what waits longest first, what is done newest first. `after` is the last id of the page before;
 * `more` the cursor of the next one, null at the end.
 */
export async function listRefunds(
  shop: Shop,
  filter: { queue: RefundQueue; after?: number; size?: number },
): Promise<{ refunds: ListedRefund[]; more: number | null }> {
  const { oldestFirst, branches } = queueBranches[filter.queue];
  const { size = refundPageSize } = filter;
  const pieces = branches.map(
    (branch) => sql`(${branchRows(branch, { oldestFirst, after: filter.after, limit: size + 1 })})`,
  );
  const rows = await shop.db.execute<{ id: number }>(
    sql`SELECT id::float8 AS id FROM (${sql.join(pieces, sql` UNION ALL `)}) page
      ORDER BY page.id ${oldestFirst ? sql`ASC` : sql`DESC`} LIMIT ${size + 1}`,
  );
  const ids = rows.slice(0, size).map((row) => row.id);
  return {
    refunds: await describe(shop, ids, oldestFirst),
    more: rows.length > ids.length ? (ids.at(-1) ?? null) : null,
  };
}

async function describe({ db }: Shop, ids: number[], oldestFirst: boolean) {
  if (ids.length === 0) return [];
  const asker = alias(staff, "asker");
  const first = alias(staff, "first");
  const [rows, lines, left, history] = await Promise.all([
    db
      .select({
        refund: refunds,
        orderNo: orders.orderNo,
        kind: orders.kind,
        orderStatus: orders.status,
        receivedFen: receipts.totalFen,
        verdict: receipts.verdict,
        asker: asker.name,
        firstApprover: first.name,
      })
      .from(refunds)
      .innerJoin(receipts, eq(receipts.id, refunds.receiptId))
      .leftJoin(orders, eq(orders.id, refunds.orderId))
      .leftJoin(asker, eq(asker.id, refunds.staffId))
      .leftJoin(first, eq(first.id, refunds.firstApprovedBy))
      .where(inArray(refunds.id, ids))
      .orderBy(oldestFirst ? asc(refunds.id) : desc(refunds.id)),
    readGoods(db, ids),
    readLeft(db, ids),
    readHistory(db, ids),
  ]);
  return rows.map(({ refund, ...row }) => ({
    ...row,
    ...refund,
    goods: lines.filter((line) => line.refundId === refund.id),
    leftFen: left.get(refund.receiptId) ?? 0,
    history: history.get(refund.id) ?? noHistory,
  }));
}

/** Every line of the refund's order: how much of it is asked back, and how much has left. */
async function readGoods(db: Shop["db"], ids: number[]) {
  return db
    .select({
      refundId: refunds.id,
      sku: orderLines.sku,
      title: orderLines.title,
      ordered: orderLines.quantity,
      shipped: orderLines.shipped,
      asked: sql<number | null>`${refundLines.quantity}`,
    })
    .from(refunds)
    .innerJoin(orderLines, eq(orderLines.orderId, refunds.orderId))
    .leftJoin(
      refundLines,
      sql`${refundLines.refundId} = ${refunds.id} AND ${refundLines.variantId} = ${orderLines.variantId}`,
    )
    .where(inArray(refunds.id, ids))
    .orderBy(asc(orderLines.variantId));
}

/** What is left of each receipt: its amount less what is promised, on its way or gone. */
async function readLeft(db: Shop["db"], ids: number[]): Promise<Map<number, number>> {
  const rows = await db.execute<{ receiptId: number; fen: number }>(
    sql`SELECT r.id::float8 AS "receiptId", greatest(0, r.total_fen - coalesce(sum(f.refund_fen) FILTER (WHERE f.status NOT IN
        ('rejected', 'withdrawn', 'closed')), 0))::float8 AS fen
      FROM receipts r JOIN refunds f ON f.receipt_id = r.id
      WHERE r.id IN (SELECT m.receipt_id FROM refunds m WHERE m.id IN (${sql.join(ids, sql`, `)})) GROUP BY r.id`,
  );
  return new Map(rows.map((row) => [row.receiptId, row.fen]));
}
