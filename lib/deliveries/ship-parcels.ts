import { inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { auditEntries } from "@/lib/db/schema/audit";
import { deliveries } from "@/lib/db/schema/deliveries";
import { orders } from "@/lib/db/schema/orders";
import { AppError, type ProblemCode } from "@/lib/http/app-error";
import type { Person } from "@/lib/staff/person";
import type { WantedPieces } from "./choose-pieces";
import { leavingPieces, refuseUnshippable } from "./leaving-pieces";
import type { OrderRow } from "./lock-order";
import { readParcel, type TypedParcel } from "./read-parcel";
import { type OrderPieces, readManyPieces } from "./read-pieces";
import { type Leaving, type Recorded, recordDeliveries } from "./record-delivery";

/** An express parcel of one order. What is in it may be told once it is known what is left. */
export type ManyParcel = Omit<TypedParcel, "kind"> & {
  orderId: number;
  lines: (left: OrderPieces) => WantedPieces;
};

/** For each parcel, its delivery, or why there is none. */
export type Shipped = { deliveryId: number } | { refused: ProblemCode };

type Shipping = { by: Person; batchId: number; now: Date; undoSeconds: number };

/**
 * Ships parcels of many orders by the rules of `shipOrder`, in as many statements as one: what one order refuses does
 * not hold up the others. Locks the orders by id, before any variant, so that no two of these wait for each other.
 */
export async function shipParcels(tx: Tx, parcels: ManyParcel[], of: Shipping): Promise<Shipped[]> {
  const orderIds = [...new Set(parcels.map(({ orderId }) => orderId))];
  const locked = await tx
    .select()
    .from(orders)
    .where(inArray(orders.id, orderIds))
    .orderBy(orders.id)
    .for("no key update");
  const rows = new Map(locked.map((order) => [order.id, order]));
  const pieces = await readManyPieces(tx, orderIds);
  const recorded = await readRecorded(tx, orderIds);

  const decided = parcels.map((parcel) => {
    const [order, left] = [rows.get(parcel.orderId), pieces.get(parcel.orderId)];
    return order && left ? decide(parcel, order, left, recorded) : ("order_unknown" as const);
  });
  const leaving = decided.flatMap((one, n): Recorded[] =>
    typeof one === "string"
      ? []
      : [{ ...one, orderId: parcels[n]?.orderId ?? 0, batchId: of.batchId, staffId: of.by.staffId }],
  );
  const deliveryIds = await record(tx, leaving, of);
  return decided.map((one) =>
    typeof one === "string" ? { refused: one } : { deliveryId: deliveryIds.shift() ?? 0 },
  );
}

async function readRecorded(tx: Tx, orderIds: number[]): Promise<Set<string>> {
  const { orderId, carrier, trackingNo, status } = deliveries;
  const rows = await tx
    .select({ orderId, carrier, trackingNo, status })
    .from(deliveries)
    .where(inArray(orderId, orderIds));
  return new Set(
    rows
      .filter((row) => row.status === "shipped" || row.status === "received")
      .map((row) => `${row.orderId} ${row.carrier} ${row.trackingNo}`),
  );
}

/** What leaves, taken off what is left for the parcels after it; or why it may not. */
function decide(
  parcel: ManyParcel,
  order: OrderRow,
  left: OrderPieces,
  recorded: Set<string>,
): Leaving | ProblemCode {
  try {
    refuseUnshippable(order, left);
    const { kind, tracking, note } = readParcel(order, { ...parcel, kind: "express" });
    const name = `${order.id} ${tracking?.carrier} ${tracking?.trackingNo}`;
    if (recorded.has(name)) throw new AppError("parcel_recorded");
    const lines = leavingPieces(left, parcel.lines(left));
    recorded.add(name);
    for (const { variantId, quantity } of lines)
      for (const line of left.lines) if (line.variantId === variantId) line.left -= quantity;
    return { kind, tracking, note, lines };
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

async function record(tx: Tx, leaving: Recorded[], of: Shipping): Promise<number[]> {
  if (leaving.length === 0) return [];
  const { by, now, undoSeconds } = of;
  const written = await recordDeliveries(tx, leaving, { actor: `staff:${by.staffId}`, now, undoSeconds });
  await tx.insert(auditEntries).values(
    written.map(({ id, orderId, kind, carrier, trackingNo }, n) => ({
      ...by,
      ...{ action: "delivery.ship", subject: "delivery", subjectId: String(id), orderId, at: now },
      after: { kind, carrier, trackingNo, lines: leaving[n]?.lines },
    })),
  );
  return written.map(({ id }) => id);
}
