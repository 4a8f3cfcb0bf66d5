import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/**
 * What follows for the order and its report, see conclude-delivery.sql: the report waits until no delivery of the order
 * can be undone any more. The caller holds the order's lock.
 */
export async function concludeDelivery(
  tx: Tx,
  { orderId, ...of }: { orderId: number } & Concluded,
): Promise<void> {
  await concludeDeliveries(tx, { orderIds: [orderId], ...of });
}

type Concluded = { actor: string; now: Date; undoSeconds: number };

export async function concludeDeliveries(tx: Tx, of: { orderIds: number[] } & Concluded): Promise<void> {
  const now = sql`${of.now.toISOString()}::timestamptz`;
  await tx.execute(sql`SELECT conclude_delivery(o.id, ${of.actor}, ${now},
    coalesce((SELECT max(d.shipped_at) FROM deliveries d WHERE d.order_id = o.id AND d.status = 'shipped'), ${now})
      + make_interval(secs => ${of.undoSeconds}))
    FROM unnest(${sql.param(of.orderIds)}::bigint[]) AS o(id)`);
}
