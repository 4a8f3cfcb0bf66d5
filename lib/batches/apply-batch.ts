import { and, eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { deliveryBatches } from "@/lib/db/schema/batches";
import type { WantedPieces } from "@/lib/deliveries/choose-pieces";
import { type ManyParcel, shipParcels } from "@/lib/deliveries/ship-parcels";
import { AppError, type ProblemCode } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { Meaning } from "./columns";
import { readContents } from "./contents";
import { countVerdicts } from "./count-verdicts";
import { readRow } from "./read-row";
import { workThrough } from "./work-through";

const atOnce = 2; // Few of a process's connections: buyers need the others.
const chunkRows = 25; // One by one, a thousand parcels take five times as long; so many hold their orders some 50 ms.

/**
 * Ships what is ready in a batch, some orders in one transaction that also marks their rows: pressed twice, by
 * two people or after a process was killed, it goes on with the rest. What an order refuses by now stands in its row.
 * `not_found`, `batch_decided`, `nothing_to_ship`.
 */
export async function applyBatch(shop: Shop, of: { batchId: number; by: Person }): Promise<void> {
  const { deliveryUndoSeconds: undoSeconds } = await readSettings(shop.db);
  const meaning = await startApplying(shop, { ...of, undoSeconds });
  await workThrough(await readReady(shop, of.batchId), {
    atOnce,
    work: (rowNos) => shipRows(shop, { ...of, rowNos, meaning, undoSeconds }),
  });
  nudgeOutbox(shop.sql);
}

/** Only the first one who presses makes the draft an applied batch; everybody after helps with the rest. */
async function startApplying(
  shop: Shop,
  of: { batchId: number; by: Person; undoSeconds: number },
): Promise<Meaning> {
  const mine = eq(deliveryBatches.id, of.batchId);
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    const [applied] = await tx
      .update(deliveryBatches)
      .set({
        status: "applied",
        appliedAt: now,
        undoUntil: new Date(now.getTime() + of.undoSeconds * 1000),
      })
      .where(and(mine, eq(deliveryBatches.status, "draft")))
      .returning();
    if (!applied) {
      const [batch] = await tx.select().from(deliveryBatches).where(mine);
      if (!batch) throw new AppError("not_found");
      if (batch.status !== "applied") throw new AppError("batch_decided");
      return batch.columns?.meaning ?? {};
    }
    const { ready, refused, orders } = await countVerdicts(tx, of.batchId);
    if (ready === 0) throw new AppError("nothing_to_ship");
    await writeEntry(tx, {
      ...of.by,
      action: "batch.apply",
      subject: "batch",
      subjectId: of.batchId,
      at: now,
      after: { rows: ready, orders, refused },
    });
    return applied.columns?.meaning ?? {};
  });
}

/** In the order of the file; what names one order is never split, so that its parcels are decided after each other. */
async function readReady(shop: Shop, batchId: number): Promise<number[][]> {
  const rows = await shop.sql<{ rowNo: number; orderId: number }[]>`
    SELECT row_no AS "rowNo", order_id::float8 AS "orderId" FROM delivery_batch_rows
     WHERE batch_id = ${batchId} AND verdict = 'ready' ORDER BY min(row_no) OVER (PARTITION BY order_id), row_no`;
  const chunks: number[][] = [[]];
  let before: number | null = null;
  for (const { rowNo, orderId } of rows) {
    if ((chunks.at(-1)?.length ?? 0) >= chunkRows && orderId !== before) chunks.push([]);
    chunks.at(-1)?.push(rowNo);
    before = orderId;
  }
  return chunks;
}

type Task = { batchId: number; rowNos: number[]; by: Person; meaning: Meaning; undoSeconds: number };
type ReadyRow = {
  rowNo: number;
  cells: string[];
  orderId: number;
  carrier: string;
  trackingNo: string;
  phoneTail: string | null;
};

/** The rows are locked before their orders: whoever comes second finds them shipped, or the batch undone. */
async function shipRows(shop: Shop, of: Task): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const rows = await tx.execute<ReadyRow>(sql`
      SELECT row_no AS "rowNo", cells, order_id::float8 AS "orderId", carrier, tracking_no AS "trackingNo", phone_tail AS "phoneTail"
        FROM delivery_batch_rows WHERE batch_id = ${of.batchId} AND row_no = ANY(${sql.param(of.rowNos)}::int[]) AND verdict = 'ready'
       ORDER BY row_no FOR UPDATE`);
    if (rows.length === 0) return;
    const parcels = [
      ...Map.groupBy(
        rows,
        ({ orderId, carrier, trackingNo }) => `${orderId} ${carrier} ${trackingNo}`,
      ).values(),
    ];
    const { batchId, by, undoSeconds } = of;
    const shipped = await shipParcels(
      tx,
      parcels.map((its) => asParcel(its, of.meaning)),
      { batchId, by, undoSeconds, now: shop.now() },
    );
    await writeVerdicts(
      tx,
      batchId,
      parcels.flatMap((its, n) => its.map(({ rowNo }) => ({ rowNo, ...shipped[n] }))),
    );
  });
}

function asParcel(rows: ReadyRow[], meaning: Meaning): ManyParcel {
  const facts = rows.map(({ cells }) => readRow(cells, meaning));
  const [first] = rows as [ReadyRow];
  return {
    ...{
      orderId: first.orderId,
      carrier: first.carrier,
      trackingNo: first.trackingNo,
      phoneTail: first.phoneTail,
    },
    note: facts.find(({ note }) => note)?.note,
    lines: (left) => joinContents(facts.map((fact) => readContents(fact, left))),
  };
}

/** What rows say of their common parcel; what was clear when it was planned, and is not any more, is not shipped. */
function joinContents(contents: ReturnType<typeof readContents>[]): WantedPieces {
  if (contents.every((one) => one === "rest")) return "rest";
  return contents.flatMap((one) => {
    if (typeof one === "string") throw new AppError("ships_too_much");
    return one;
  });
}

async function writeVerdicts(
  tx: Tx,
  batchId: number,
  rows: { rowNo: number; deliveryId?: number; refused?: ProblemCode }[],
): Promise<void> {
  const json = rows.map(({ rowNo, deliveryId, refused }) => ({
    row_no: rowNo,
    verdict: refused ?? "shipped",
    delivery_id: deliveryId,
  }));
  await tx.execute(sql`UPDATE delivery_batch_rows r SET verdict = n.verdict, delivery_id = n.delivery_id
    FROM jsonb_to_recordset(${JSON.stringify(json)}::jsonb) AS n(row_no int, verdict text, delivery_id bigint)
    WHERE r.batch_id = ${batchId} AND r.row_no = n.row_no`);
}
