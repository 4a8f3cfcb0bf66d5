import { eq } from "drizzle-orm";
import { deliveries } from "@/lib/db/schema/deliveries";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changeDelivery } from "./change-delivery";
import type { DeliveryRow } from "./lock-order";
import { readParcel, refuseRecorded, type TypedParcel } from "./read-parcel";
import { reopenReport } from "./reopen-report";

/**
 * Sets a parcel's carrier, number or note right while it is on its way, before its report and after. The same again
 * changes nothing and leaves no entry. `delivery_ended`, `parcel_recorded`, and what a parcel may be refused for.
 */
export async function correctDelivery(
  shop: Shop,
  of: { deliveryId: number; by: Person; parcel: Omit<TypedParcel, "kind"> },
): Promise<void> {
  await changeDelivery(shop, of, async (tx, { order, delivery }) => {
    if (delivery.status !== "shipped")
      throw new AppError("delivery_ended", { deliveryStatus: delivery.status });
    const { tracking, note } = readParcel(order, { ...of.parcel, kind: delivery.kind });
    await refuseRecorded(tx, { orderId: order.id, tracking, except: delivery });
    const after = {
      carrier: tracking?.carrier ?? null,
      trackingNo: tracking?.trackingNo ?? null,
      phoneTail: tracking?.phoneTail ?? null,
      note,
    };
    const isSentAnother = differs(delivery, after, ["carrier", "trackingNo", "phoneTail"]);
    if (!isSentAnother && !differs(delivery, after, ["note"])) return null;
    await tx
      .update(deliveries)
      .set({ ...after, ...(isSentAnother && { correctedAt: shop.now() }) }) // WeChat is told of no note.
      .where(eq(deliveries.id, delivery.id));
    if (isSentAnother)
      await reopenReport(tx, { orderId: order.id, actor: `staff:${of.by.staffId}`, now: shop.now() });
    return {
      action: "delivery.correct",
      before: { carrier: delivery.carrier, trackingNo: delivery.trackingNo },
      after: { carrier: after.carrier, trackingNo: after.trackingNo, isNoteChanged: delivery.note !== note },
    };
  });
}

type Corrected = Pick<DeliveryRow, "carrier" | "trackingNo" | "phoneTail" | "note">;

function differs(before: Corrected, after: Corrected, fields: (keyof Corrected)[]): boolean {
  return fields.some((field) => before[field] !== after[field]);
}
