import { sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import type { Tx } from "@/lib/db/connect";
import type { OrderRow } from "./lock-order";
import { missingCodes } from "./missing-codes";

type Trouble = {
  kind: "codes_empty" | "content_unreadable";
  variantId: number;
  order: OrderRow;
  dataKey: string;
};

type Row = { sku: string; title: string; outTradeNo: string | null; isKnown: boolean };

/** An order waits for what is not there. Once for each order: looking again at the same one counts nothing up. */
export async function raiseContentAlarm(tx: Tx, of: Trouble): Promise<void> {
  const { kind, variantId, order } = of;
  const dedupeKey = `${kind}:${variantId}`;
  const [row] = await tx.execute<Row>(sql`
    SELECT l.sku, l.title, r.out_trade_no AS "outTradeNo",
      EXISTS (SELECT 1 FROM alarms a JOIN alarm_orders ao ON ao.alarm_id = a.id
        WHERE a.dedupe_key = ${dedupeKey} AND a.status <> 'resolved' AND ao.order_id = ${order.id}) AS "isKnown"
    FROM order_lines l LEFT JOIN receipts r ON r.order_id = l.order_id AND r.verdict = 'settling'
    WHERE l.order_id = ${order.id} AND l.variant_id = ${variantId}`);
  if (!row || row.isKnown) return;
  const { sku, title, outTradeNo } = row;
  const missing = kind === "codes_empty" ? { missing: await missingCodes(tx, of) } : {};
  await raiseAlarm(tx, { kind, dedupeKey, orderId: order.id, facts: { sku, title, outTradeNo, ...missing } });
}
