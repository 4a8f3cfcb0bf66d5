import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { transitions } from "@/lib/db/schema/deeds";
import { deliveries, deliveryLines } from "@/lib/db/schema/deliveries";
import { announceDeliveries } from "./announce-delivery";
import type { Tracking } from "./carriers";
import { concludeDeliveries } from "./conclude-delivery";
import type { DeliveryRow } from "./lock-order";
import type { DeliveryKind } from "./state";

/** What leaves: pieces of an order, and how they go. `tracking` is there for express and for nothing else. */
export type Leaving = {
  kind: DeliveryKind;
  tracking: Tracking | null;
  note: string | null;
  lines: { variantId: number; quantity: number }[];
};

export type Recorded = Leaving & {
  orderId: number;
  replacesId?: number;
  batchId?: number;
  staffId: number | null;
};

type Circumstances = { actor: string; now: Date; undoSeconds: number };

/**
 * Writes a delivery and everything that follows from it: stock, the order's pieces and state, the report that is owed.
 * A replacement sends once more what has left already and moves no pieces. The caller holds the order's lock, and has
 * decided that these pieces may leave. `staffId` null: a rule delivers.
 */
export async function recordDelivery(tx: Tx, of: Recorded & Circumstances): Promise<DeliveryRow> {
  const [delivery] = await recordDeliveries(tx, [of], of);
  if (!delivery) throw new Error("a delivery was not written");
  return delivery;
}

/** Several at once, in as many statements as one; the caller holds the locks of all their orders. In the order given. */
export async function recordDeliveries(
  tx: Tx,
  all: Recorded[],
  { actor, now, undoSeconds }: Circumstances,
): Promise<DeliveryRow[]> {
  const written = await tx
    .insert(deliveries)
    .values(
      all.map(({ tracking, lines: _, ...of }) => ({
        ...of,
        carrier: tracking?.carrier,
        trackingNo: tracking?.trackingNo,
        phoneTail: tracking?.phoneTail,
        shippedAt: now,
      })),
    )
    .returning();
  await tx
    .insert(deliveryLines)
    .values(
      written.flatMap(({ id: deliveryId }, n) =>
        (all[n]?.lines ?? []).map((line) => ({ ...line, deliveryId })),
      ),
    );
  await tx.insert(transitions).values(
    written.map(({ id, orderId }) => ({
      ...{ entity: "delivery" as const, entityId: id, orderId },
      ...{ event: "ship", toStatus: "shipped", actor, at: now },
    })),
  );
  await movePieces(
    tx,
    written.filter(({ replacesId }) => replacesId === null),
    1,
  );
  const orderIds = [...new Set(written.map(({ orderId }) => orderId))];
  await concludeDeliveries(tx, { orderIds, actor, now, undoSeconds });
  await announceDeliveries(tx, { orderIds, now });
  return written;
}

/** Takes the pieces of deliveries out of the shop (1), or back into it (-1), held for their orders as before. */
export async function movePieces(tx: Tx, of: Pick<DeliveryRow, "id">[], sign: 1 | -1): Promise<void> {
  if (of.length === 0) return;
  const ids = sql`ANY(${sql.param(of.map(({ id }) => id))}::bigint[])`;
  await tx.execute(sql`SELECT 1 FROM variants v WHERE v.id IN (SELECT d.variant_id FROM delivery_lines d WHERE d.delivery_id = ${ids})
    ORDER BY v.id FOR NO KEY UPDATE OF v`);
  await tx.execute(sql`UPDATE variants v SET on_hand = v.on_hand - ${sign} * d.quantity, allocated = v.allocated - ${sign} * d.quantity
    FROM (SELECT variant_id, sum(quantity)::int AS quantity FROM delivery_lines WHERE delivery_id = ${ids} GROUP BY variant_id) d
    WHERE d.variant_id = v.id`);
  await tx.execute(sql`UPDATE order_lines l SET shipped = l.shipped + ${sign} * d.quantity
    FROM (SELECT d.order_id, n.variant_id, sum(n.quantity)::int AS quantity FROM deliveries d JOIN delivery_lines n ON n.delivery_id = d.id
           WHERE d.id = ${ids} GROUP BY d.order_id, n.variant_id) d
    WHERE d.variant_id = l.variant_id AND d.order_id = l.order_id`);
}
