import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/**
 * What follows for the order and its report, see conclude-delivery.sql: the report waits until no delivery of the order
 * can be undone any more. The caller holds the order's lock.
 */
export async function concludeDelivery(
  tx: Tx,
  of: { orderId: number; actor: string; now: Date; undoSeconds: number },
): Promise<void> {
  const now = sql`${of.now.toISOString()}::timestamptz`;
  await tx.execute(sql`SELECT conclude_delivery(${of.orderId}, ${of.actor}, ${now},
    coalesce((SELECT max(d.shipped_at) FROM deliveries d WHERE d.order_id = ${of.orderId} AND d.status = 'shipped'), ${now})
      + make_interval(secs => ${of.undoSeconds}))`);
}
