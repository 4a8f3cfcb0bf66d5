import type { Shop } from "@/lib/shop";

/** Queues the report of a receipt whose money went back in full before reports were known. */
export async function oweReport(shop: Shop, receiptId: number): Promise<void> {
  const now = shop.now().toISOString();
  await shop.sql`
    SELECT CASE WHEN r.verdict = 'settling' THEN conclude_delivery(r.order_id, 'job:owe_report', ${now}, ${now})
      WHEN is_refunded(r) THEN owe_report(r, 0, false, ${now}, ${now}) END FROM receipts r WHERE r.id = ${receiptId}`;
}
