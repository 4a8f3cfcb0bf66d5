import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { isRefused } from "./count-verdicts";

export type ListedRow = {
  rowNo: number;
  cells: string[];
  orderNo: string | null;
  carrier: string | null;
  trackingNo: string | null;
  verdict: string;
  deliveryId: number | null;
  /** Another order has a parcel with this number, in this batch or shipped before: allowed, and often a mistake. */
  isShared: boolean;
};

const pageSize = 50;

/** Rows of a batch as the file has them; `more` is the cursor of the next page. */
export async function listRows(
  shop: Shop,
  of: { batchId: number; refusedOnly: boolean; after?: number },
): Promise<{ rows: ListedRow[]; more: number | null }> {
  const rows = await shop.db.execute<ListedRow>(sql`
    SELECT r.row_no AS "rowNo", r.cells, o.order_no AS "orderNo", r.carrier, r.tracking_no AS "trackingNo", r.verdict,
           r.delivery_id::float8 AS "deliveryId",
           EXISTS (SELECT 1 FROM delivery_batch_rows s WHERE s.batch_id = r.batch_id AND s.tracking_no = r.tracking_no
                     AND s.order_id <> r.order_id AND s.verdict IN ('ready', 'shipped'))
             OR EXISTS (SELECT 1 FROM deliveries d WHERE d.tracking_no = r.tracking_no AND d.order_id <> r.order_id
                          AND d.status IN ('shipped', 'received')) AS "isShared"
      FROM delivery_batch_rows r LEFT JOIN orders o ON o.id = r.order_id
     WHERE r.batch_id = ${of.batchId} AND r.row_no > ${of.after ?? 0} ${of.refusedOnly ? sql`AND ${isRefused}` : sql``}
     ORDER BY r.row_no LIMIT ${pageSize + 1}`);
  const page = rows.slice(0, pageSize);
  return { rows: page, more: rows.length > pageSize ? (page.at(-1)?.rowNo ?? null) : null };
}
