import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { deliveries, deliveryLines } from "@/lib/db/schema/deliveries";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import { AppError } from "@/lib/http/app-error";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { undoUntil } from "./available-delivery-actions";
import { changeDelivery, moveDelivery } from "./change-delivery";
import { concludeDelivery } from "./conclude-delivery";
import { raiseFailure } from "./failure-alarm";
import type { DeliveryRow, OrderRow } from "./lock-order";
import { readPieces } from "./read-pieces";
import { movePieces } from "./record-delivery";

/**
 * Undoes a delivery while its window runs and WeChat was told nothing: its pieces are to ship again. Virtual goods are
 * the buyer's at once. `delivery_ended`, `delivery_given`, `delivery_undo_over`, `delivery_reported`,
 * `delivery_refunded` when the buyer has the money back for pieces of it.
 */
export async function voidDelivery(shop: Shop, of: { deliveryId: number; by: Person }): Promise<void> {
  const { deliveryUndoSeconds: undoSeconds } = await readSettings(shop.db);
  const actor = `staff:${of.by.staffId}`;
  await changeDelivery(shop, of, async (tx, { order, delivery }) => {
    const now = shop.now();
    if (delivery.status !== "shipped")
      throw new AppError("delivery_ended", { deliveryStatus: delivery.status });
    if (delivery.kind === "virtual") throw new AppError("delivery_given");
    if (now >= undoUntil(delivery, undoSeconds)) throw new AppError("delivery_undo_over");
    await refuseReported(tx, order.id);

    const set = sql`voided_at = ${now.toISOString()}::timestamptz`;
    await moveDelivery(tx, { delivery, event: "void", by: of.by, at: now, set });
    if (delivery.replacesId === null) await takePiecesBack(tx, { order, delivery, actor, now });
    else await failAgain(tx, delivery.replacesId);
    await concludeDelivery(tx, { orderId: order.id, actor, now, undoSeconds });
    return { action: "delivery.void", after: { carrier: delivery.carrier, trackingNo: delivery.trackingNo } };
  });
}

/** The report's row is held: whoever would try it for the first time waits, and finds what is due afterwards. */
async function refuseReported(tx: Tx, orderId: number): Promise<void> {
  const [report] = await tx
    .select({ status: deliveryReports.status, attempts: deliveryReports.attempts })
    .from(deliveryReports)
    .innerJoin(receipts, eq(receipts.id, deliveryReports.receiptId))
    .where(and(eq(receipts.orderId, orderId), eq(receipts.verdict, "settling")))
    .for("no key update", { of: deliveryReports });
  if (report && (report.status !== "queued" || report.attempts > 0)) throw new AppError("delivery_reported");
}

async function takePiecesBack(
  tx: Tx,
  of: { order: OrderRow; delivery: DeliveryRow; actor: string; now: Date },
): Promise<void> {
  const { order, delivery, actor, now } = of;
  const { lines, wholeIs } = await readPieces(tx, order.id);
  const leaving = await tx.select().from(deliveryLines).where(eq(deliveryLines.deliveryId, delivery.id));
  const isPaidBack = leaving.some(({ variantId, quantity }) =>
    lines.some((line) => line.variantId === variantId && line.cameBack > line.shipped - quantity),
  );
  if (wholeIs === "refunded" || isPaidBack) throw new AppError("delivery_refunded");
  await movePieces(tx, [delivery], -1);
  if (order.status === "shipped")
    await move(tx, {
      ...{ entity: "order", event: "unship", id: order.id, actor, at: now },
      set: sql`shipped_at = NULL`,
    });
}

/** The pieces of the delivery that it replaced are with nobody again. */
async function failAgain(tx: Tx, deliveryId: number): Promise<void> {
  const [failed] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId));
  if (failed) await raiseFailure(tx, failed);
}
