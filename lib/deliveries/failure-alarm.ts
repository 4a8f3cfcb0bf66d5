import { sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import type { Tx } from "@/lib/db/connect";
import type { DeliveryRow } from "./lock-order";

const keyOf = (deliveryId: number) => `delivery_failed:${deliveryId}`;

/** A failed delivery is an alarm until its pieces were sent once more, or somebody sees to it. */
export async function raiseFailure(tx: Tx, { id, orderId, carrier, trackingNo }: DeliveryRow): Promise<void> {
  const facts = { ...(carrier && { carrier }), ...(trackingNo && { trackingNo }) };
  await raiseAlarm(tx, { kind: "delivery_failed", dedupeKey: keyOf(id), orderId, facts });
}

export async function resolveFailure(tx: Tx, of: { deliveryId: number; now: Date }): Promise<void> {
  const now = sql`${of.now.toISOString()}::timestamptz`;
  await tx.execute(sql`SELECT resolve_alarms(ARRAY[${keyOf(of.deliveryId)}]::text[], ${now})`);
}
