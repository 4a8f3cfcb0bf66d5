import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";

/**
 * Whether money that the shop has let go is on its way out of what paid an order. What a buyer has only asked for is
 * not: somebody has to decide first.
 */
export async function isRefundUnderway(tx: Tx | Db, orderId: number): Promise<boolean> {
  const [row] = await tx.execute(sql`
    SELECT 1 FROM refunds f JOIN receipts r ON r.id = f.receipt_id
    WHERE f.order_id = ${orderId} AND r.verdict = 'settling'
      AND (f.status IN ('approved', 'awaiting_return', 'sending', 'accepted', 'abnormal')
        OR (f.status = 'manual' AND f.manual_paid_at IS NULL)) LIMIT 1`);
  return row !== undefined;
}
