import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { deliveries } from "@/lib/db/schema/deliveries";
import { orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import type { OrderStatus } from "@/lib/orders/state";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { WantedPieces } from "./choose-pieces";
import { giveContents } from "./give-contents";
import { holdToGive } from "./hold-to-give";
import { leavingPieces, refuseUnshippable } from "./leaving-pieces";
import { lockOrder } from "./lock-order";
import { readParcel, refuseRecorded, type TypedParcel } from "./read-parcel";
import { readPieces } from "./read-pieces";
import { recordDelivery } from "./record-delivery";

/** `rest`: every piece that has not left. */
export type Parcel = TypedParcel & { lines: WantedPieces };

/**
 * One of the staff sends a parcel, or hands something over. Refused with nothing changed: `not_shippable`,
 * `already_shipped`, `refund_underway`, `nothing_to_ship`, `ships_too_much`, `parcel_recorded`, and what a parcel may
 * be refused for; what is stored for virtual goods goes along (`no_codes_left`, `content_unreadable`). `deliveriesSeen` is how many the person saw of this order: the same form again ships nothing twice.
 */
export async function shipOrder(
  shop: Shop,
  of: { orderNo: string; parcel: Parcel; by: Person; deliveriesSeen?: number },
): Promise<{ deliveryId: number; orderStatus: OrderStatus }> {
  const { parcel, by } = of;
  const { deliveryUndoSeconds: undoSeconds } = await readSettings(shop.db);
  const answer = await shop.db.transaction(async (tx) => {
    const order = await lockOrder(tx, of);
    const pieces = await readPieces(tx, order.id);
    refuseUnshippable(order, pieces);
    const { kind, tracking, note } = readParcel(order, parcel);
    await refuseRecorded(tx, { orderId: order.id, tracking });
    await refuseUnseen(tx, { orderId: order.id, seen: of.deliveriesSeen });
    const lines = leavingPieces(pieces, parcel.lines);

    const contents = await holdToGive(tx, shop, { kind, note, lines });
    const delivery = await recordDelivery(tx, {
      ...{ kind, tracking, note, lines, undoSeconds, orderId: order.id },
      staffId: by.staffId,
      actor: `staff:${by.staffId}`,
      now: shop.now(),
    });
    await giveContents(tx, { deliveryId: delivery.id, held: contents, now: shop.now() });
    await writeEntry(tx, {
      ...by,
      action: "delivery.ship",
      subject: "delivery",
      subjectId: delivery.id,
      orderId: order.id,
      at: shop.now(),
      after: { kind, carrier: tracking?.carrier, trackingNo: tracking?.trackingNo, lines },
    });
    const [after] = await tx.select({ status: orders.status }).from(orders).where(eq(orders.id, order.id));
    return { deliveryId: delivery.id, orderStatus: after?.status ?? order.status };
  });
  nudgeOutbox(shop.sql);
  return answer;
}

/** Only express has a number to know a repeated form by. */
async function refuseUnseen(tx: Tx, of: { orderId: number; seen?: number }): Promise<void> {
  if (of.seen === undefined) return;
  if ((await tx.$count(deliveries, eq(deliveries.orderId, of.orderId))) !== of.seen)
    throw new AppError("busy");
}
