import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { deliveryBatches } from "@/lib/db/schema/batches";
import { findOrderIds } from "@/lib/orders/find-order-ids";
import type { Shop } from "@/lib/shop";
import type { Meaning } from "./columns";
import { findShippable } from "./find-shippable";
import { type PlannedRow, planBatch } from "./plan-batch";
import { readRow } from "./read-row";
import type { Sheet } from "./sheet";

export type BatchRow = typeof deliveryBatches.$inferSelect;

/** The dry run: what would become of each row as the orders are now. So many queries for any number of rows. */
export async function planRows(shop: Shop, of: { rows: Sheet; meaning: Meaning }): Promise<PlannedRow[]> {
  const numbers = of.rows
    .map(({ cells }) => readRow(cells, of.meaning).named)
    .filter((number) => number !== "");
  const ids = await findOrderIds(shop, numbers);
  const orders = await findShippable(shop, [...new Set([...ids.values()].flat())]);
  const named = (number: string) => (ids.get(number) ?? []).flatMap((id) => orders.get(id) ?? []);
  return planBatch({ ...of, named });
}

/** Writes a draft with its rows; its number. */
export async function insertBatch(
  tx: Tx,
  of: Pick<BatchRow, "staffId" | "source" | "fileName" | "columns" | "createdAt"> & { rows: PlannedRow[] },
): Promise<number> {
  const { rows, ...batch } = of;
  const [written] = await tx.insert(deliveryBatches).values(batch).returning({ id: deliveryBatches.id });
  if (!written) throw new Error("a batch was not written");
  await tx.execute(sql`
    INSERT INTO delivery_batch_rows (batch_id, row_no, cells, order_id, carrier, tracking_no, phone_tail, verdict)
    SELECT ${written.id}, row_no, cells, order_id, carrier, tracking_no, phone_tail, verdict FROM ${recordset(rows)}`);
  return written.id;
}

/** Gives the rows of a draft their new verdicts. */
export async function replaceVerdicts(tx: Tx, batchId: number, rows: PlannedRow[]): Promise<void> {
  await tx.execute(sql`
    UPDATE delivery_batch_rows r SET order_id = n.order_id, carrier = n.carrier, tracking_no = n.tracking_no,
      phone_tail = n.phone_tail, verdict = n.verdict FROM ${recordset(rows)} WHERE r.batch_id = ${batchId} AND r.row_no = n.row_no`);
}

/** One parameter for all of them: five thousand rows of single values would be too many. */
function recordset(rows: PlannedRow[]) {
  const json = rows.map(({ rowNo, cells, orderId, tracking, verdict }) => ({
    row_no: rowNo,
    cells,
    order_id: orderId,
    carrier: tracking?.carrier,
    tracking_no: tracking?.trackingNo,
    phone_tail: tracking?.phoneTail,
    verdict,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(json)}::jsonb) AS n(row_no int, cells jsonb, order_id bigint, carrier text,
    tracking_no text, phone_tail text, verdict text)`;
}

export async function readCells(db: Db | Tx, batchId: number): Promise<Sheet> {
  const rows = await db.execute<{ rowNo: number; cells: string[] }>(sql`
    SELECT row_no AS "rowNo", cells FROM delivery_batch_rows WHERE batch_id = ${batchId} ORDER BY row_no`);
  return [...rows];
}
