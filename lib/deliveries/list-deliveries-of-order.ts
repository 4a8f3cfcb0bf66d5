import { asc, eq, sql } from "drizzle-orm";
import { deliveries } from "@/lib/db/schema/deliveries";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { type OrderPieces, readPieces } from "./read-pieces";
import { type Replaceable, readReplaceable } from "./read-replaceable";

export type DeliveriesOfOrder = Awaited<ReturnType<typeof listDeliveriesOfOrder>>;
export type ListedDelivery = DeliveriesOfOrder["deliveries"][number];

type Line = { sku: string; title: string; quantity: number };

/** Everything that has left of one order, oldest first, and what can still leave. */
export async function listDeliveriesOfOrder(shop: Shop, orderId: number) {
  const [rows, pieces] = await Promise.all([
    shop.db
      .select({
        id: deliveries.id,
        kind: deliveries.kind,
        status: deliveries.status,
        carrier: deliveries.carrier,
        trackingNo: deliveries.trackingNo,
        phoneTail: deliveries.phoneTail,
        note: deliveries.note,
        replacesId: deliveries.replacesId,
        batchId: deliveries.batchId,
        shippedBy: staff.name,
        shippedAt: deliveries.shippedAt,
        uploadedAt: deliveries.uploadedAt,
        correctedAt: deliveries.correctedAt,
        receivedAt: deliveries.receivedAt,
        failedAt: deliveries.failedAt,
        failReason: deliveries.failReason,
        voidedAt: deliveries.voidedAt,
        lines: sql<
          Line[]
        >`(SELECT json_agg(json_build_object('sku', ol.sku, 'title', ol.title, 'quantity', l.quantity) ORDER BY l.variant_id)
          FROM delivery_lines l JOIN order_lines ol ON ol.variant_id = l.variant_id AND ol.order_id = ${deliveries.orderId}
          WHERE l.delivery_id = ${deliveries.id})`,
      })
      .from(deliveries)
      .leftJoin(staff, eq(staff.id, deliveries.staffId))
      .where(eq(deliveries.orderId, orderId))
      .orderBy(asc(deliveries.id))
      .limit(200),
    readPieces(shop.db, orderId),
  ]);
  const listed = rows.map(async (row, n) => ({
    ...row,
    number: n + 1,
    isReplaced: rows.some((other) => other.replacesId === row.id && other.status !== "voided"),
    replaceable: row.status === "failed" ? await owedOf(shop, { id: row.id, orderId }, pieces) : [],
  }));
  return { deliveries: await Promise.all(listed), pieces };
}

function owedOf(
  shop: Shop,
  of: { id: number; orderId: number },
  pieces: OrderPieces,
): Promise<Replaceable[]> {
  return readReplaceable(shop.db, { deliveryId: of.id, orderId: of.orderId }, pieces);
}
