import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { deliveries } from "@/lib/db/schema/deliveries";
import { AppError } from "@/lib/http/app-error";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeDelivery } from "./change-delivery";
import { choosePieces } from "./choose-pieces";
import { resolveFailure } from "./failure-alarm";
import { giveContents } from "./give-contents";
import { holdToGive } from "./hold-to-give";
import type { DeliveryRow } from "./lock-order";
import { readParcel, refuseRecorded } from "./read-parcel";
import { readPieces } from "./read-pieces";
import { readReplaceable } from "./read-replaceable";
import { recordDelivery } from "./record-delivery";
import { reopenReport } from "./reopen-report";
import type { Parcel } from "./ship-order";

/**
 * Sends the pieces of a failed delivery once more, once: neither stock nor the order's pieces change. `delivery_ended`
 * when it has not failed or was replaced already, `delivery_refunded` when the buyer has the money, and what a parcel
 * may be refused for. Of virtual goods that are stored the buyer gets another code.
 */
export async function replaceDelivery(
  shop: Shop,
  of: { deliveryId: number; by: Person; parcel: Parcel },
): Promise<{ deliveryId: number }> {
  const { deliveryUndoSeconds: undoSeconds } = await readSettings(shop.db);
  const now = shop.now();
  let deliveryId = 0;
  await changeDelivery(shop, of, async (tx, { order, delivery: failed }) => {
    await refuseUnreplaceable(tx, failed);
    const { kind, tracking, note } = readParcel(order, of.parcel);
    await refuseRecorded(tx, { orderId: order.id, tracking });
    const lines = await chooseOwed(tx, failed, of.parcel);
    const contents = await holdToGive(tx, shop, { kind, note, lines });

    const delivery = await recordDelivery(tx, {
      ...{ kind, tracking, note, lines, undoSeconds, now },
      orderId: order.id,
      replacesId: failed.id,
      staffId: of.by.staffId,
      actor: `staff:${of.by.staffId}`,
    });
    await reopenReport(tx, { orderId: order.id, actor: `staff:${of.by.staffId}`, now });
    await giveContents(tx, { deliveryId: delivery.id, held: contents, now });
    await resolveFailure(tx, { deliveryId: failed.id, now });
    deliveryId = delivery.id;
    return {
      action: "delivery.replace",
      after: { deliveryId, kind, carrier: tracking?.carrier, trackingNo: tracking?.trackingNo, lines },
    };
  });
  return { deliveryId };
}

async function refuseUnreplaceable(tx: Tx, failed: DeliveryRow): Promise<void> {
  if (failed.status !== "failed") throw new AppError("delivery_ended", { deliveryStatus: failed.status });
  const replaced = await tx.$count(
    deliveries,
    and(eq(deliveries.replacesId, failed.id), ne(deliveries.status, "voided")),
  );
  if (replaced > 0) throw new AppError("delivery_ended", { deliveryStatus: failed.status });
}

async function chooseOwed(
  tx: Tx,
  failed: DeliveryRow,
  parcel: Parcel,
): Promise<{ variantId: number; quantity: number }[]> {
  const pieces = await readPieces(tx, failed.orderId);
  const replaceable = await readReplaceable(tx, { deliveryId: failed.id, orderId: failed.orderId }, pieces);
  const chosen = choosePieces(
    replaceable.map((line) => ({ ...line, most: line.quantity })),
    parcel.lines,
  );
  const refunded = chosen.find(({ wanted, owed }) => wanted > owed);
  if (refunded) throw new AppError("delivery_refunded", { sku: refunded.sku, left: refunded.owed });
  return chosen.map(({ variantId, wanted }) => ({ variantId, quantity: wanted }));
}
