import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { deliveries } from "@/lib/db/schema/deliveries";
import { AppError } from "@/lib/http/app-error";
import { readOptionalNote } from "@/lib/staff/person";
import { checkTracking, type Tracking } from "./carriers";
import type { DeliveryRow, OrderRow } from "./lock-order";
import { type DeliveryKind, deliveryKinds } from "./state";

/** How something is sent, as it was typed. */
export type TypedParcel = {
  kind: string;
  /** Absent or empty: recognised from the number. */
  carrier?: string | null;
  trackingNo?: string | null;
  phoneTail?: string | null;
  /** What the buyer reads. */
  note?: string | null;
};

const kindsOf: Record<OrderRow["kind"], readonly DeliveryKind[]> = {
  physical: ["express", "same_city", "pickup"],
  virtual: ["virtual"],
};

/** How pieces of this order are to leave, checked. `delivery_kind_invalid`, and what `checkTracking` refuses. */
export function readParcel(
  order: Pick<OrderRow, "kind" | "recipient">,
  typed: TypedParcel,
): { kind: DeliveryKind; tracking: Tracking | null; note: string | null } {
  const kind = deliveryKinds.find((known) => known === typed.kind);
  if (!kind || !kindsOf[order.kind].includes(kind)) throw new AppError("delivery_kind_invalid");
  const recipientPhone = order.recipient?.phone ?? null;
  return {
    kind,
    tracking: kind === "express" ? checkTracking({ ...typed, recipientPhone }) : null,
    note: readOptionalNote(typed.note),
  };
}

/** One parcel is one delivery: the same number again is the same form again, or a mistake. */
export async function refuseRecorded(
  tx: Tx,
  of: { orderId: number; tracking: Tracking | null; except?: DeliveryRow },
): Promise<void> {
  if (!of.tracking) return;
  const [recorded] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.orderId, of.orderId),
        eq(deliveries.carrier, of.tracking.carrier),
        eq(deliveries.trackingNo, of.tracking.trackingNo),
        inArray(deliveries.status, ["shipped", "received"]),
      ),
    );
  if (recorded && recorded.id !== of.except?.id) throw new AppError("parcel_recorded");
}
