import { and, inArray } from "drizzle-orm";
import { deliveries } from "@/lib/db/schema/deliveries";
import { orders } from "@/lib/db/schema/orders";
import { type OrderPieces, readManyPieces } from "@/lib/deliveries/read-pieces";
import type { Shop } from "@/lib/shop";

/** What deciding about an order's parcels needs, read without a lock: shipping decides again. */
export type ShippableOrder = Pick<
  typeof orders.$inferSelect,
  "id" | "orderNo" | "memberId" | "kind" | "status" | "closedReason" | "recipient"
> & {
  pieces: OrderPieces;
  parcels: { carrier: string | null; trackingNo: string | null }[];
};

/** Many orders at once: three queries, however many. */
export async function findShippable(shop: Shop, orderIds: number[]): Promise<Map<number, ShippableOrder>> {
  if (orderIds.length === 0) return new Map();
  const { id, orderNo, memberId, kind, status, closedReason, recipient } = orders;
  const { orderId, carrier, trackingNo } = deliveries;
  const [rows, parcels, pieces] = await Promise.all([
    shop.db
      .select({ id, orderNo, memberId, kind, status, closedReason, recipient })
      .from(orders)
      .where(inArray(id, orderIds)),
    shop.db
      .select({ orderId, carrier, trackingNo })
      .from(deliveries)
      .where(and(inArray(orderId, orderIds), inArray(deliveries.status, ["shipped", "received"]))),
    readManyPieces(shop.db, orderIds),
  ]);
  const parcelsOf = Map.groupBy(parcels, (parcel) => parcel.orderId);
  return new Map(
    rows.flatMap((row) => {
      const itsPieces = pieces.get(row.id);
      return itsPieces ? [[row.id, { ...row, pieces: itsPieces, parcels: parcelsOf.get(row.id) ?? [] }]] : [];
    }),
  );
}
