import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { deliveries, deliveryLines, transitions } from "@/lib/db/schema";
import { announceDelivery } from "./announce-delivery";
import type { Tracking } from "./carriers";
import { concludeDelivery } from "./conclude-delivery";
import type { DeliveryRow } from "./lock-order";
import type { DeliveryKind } from "./state";

/** What leaves: pieces of an order, and how they go. `tracking` is there for express and for nothing else. */
export type Leaving = {
  kind: DeliveryKind;
  tracking: Tracking | null;
  note: string | null;
  lines: { variantId: number; quantity: number }[];
};

/**
 * Writes a delivery and everything that follows from it: stock, the order's pieces and state, the report that is owed.
 * A replacement sends once more what has left already and moves no pieces. The caller holds the order's lock, and has
 * decided that these pieces may leave. `staffId` null: a rule delivers.
 */
export async function recordDelivery(
  tx: Tx,
  of: Leaving & {
    orderId: number;
    replacesId?: number;
    batchId?: number;
    staffId: number | null;
    actor: string;
    now: Date;
    undoSeconds: number;
  },
): Promise<DeliveryRow> {
  const { orderId, tracking, now } = of;
  const [delivery] = await tx
    .insert(deliveries)
    .values({
      orderId,
      kind: of.kind,
      carrier: tracking?.carrier,
      trackingNo: tracking?.trackingNo,
      phoneTail: tracking?.phoneTail,
      note: of.note,
      replacesId: of.replacesId,
      batchId: of.batchId,
      staffId: of.staffId,
      shippedAt: now,
    })
    .returning();
  if (!delivery) throw new Error("a delivery was not written");
  await tx.insert(deliveryLines).values(of.lines.map((line) => ({ ...line, deliveryId: delivery.id })));
  await tx.insert(transitions).values({
    entity: "delivery",
    entityId: delivery.id,
    orderId,
    event: "ship",
    toStatus: "shipped",
    actor: of.actor,
    at: now,
  });
  if (of.replacesId === undefined) await movePieces(tx, delivery, 1);
  await concludeDelivery(tx, { orderId, actor: of.actor, now, undoSeconds: of.undoSeconds });
  await announceDelivery(tx, { orderId, now });
  return delivery;
}

/** Takes a delivery's pieces out of the shop (1), or back into it (-1), held for their order as before. */
export async function movePieces(
  tx: Tx,
  { id, orderId }: Pick<DeliveryRow, "id" | "orderId">,
  sign: 1 | -1,
): Promise<void> {
  await tx.execute(sql`SELECT 1 FROM variants v JOIN delivery_lines d ON d.variant_id = v.id WHERE d.delivery_id = ${id}
    ORDER BY v.id FOR NO KEY UPDATE OF v`);
  await tx.execute(sql`UPDATE variants v SET on_hand = v.on_hand - ${sign} * d.quantity, allocated = v.allocated - ${sign} * d.quantity
    FROM delivery_lines d WHERE d.delivery_id = ${id} AND d.variant_id = v.id`);
  await tx.execute(sql`UPDATE order_lines l SET shipped = l.shipped + ${sign} * d.quantity
    FROM delivery_lines d WHERE d.delivery_id = ${id} AND d.variant_id = l.variant_id AND l.order_id = ${orderId}`);
}
