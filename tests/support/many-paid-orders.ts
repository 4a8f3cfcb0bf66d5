import type { Sql } from "postgres";
import { aRecipient } from "./a-shop";

export type PaidOrder = { orderId: number; orderNo: string; outTradeNo: string; transactionId: string };

let batches = 0;

/** So many paid orders of one piece each, a buyer each, in a few statements: goods that are sent. */
export async function manyPaidOrders(sql: Sql, count: number): Promise<PaidOrder[]> {
  const prefix = String(10 + ++batches);
  const sku = `MANY-${prefix}`;
  const rows = await sql.begin(async (tx) => {
    await tx`CREATE TEMP TABLE made ON COMMIT DROP AS
      SELECT n, ${prefix} || lpad(n::text, 18, '0') AS no, NULL::bigint AS member_id FROM generate_series(1, ${count}::int) n`;
    await tx`WITH new AS (INSERT INTO members (created_at) SELECT now() FROM made RETURNING id),
      numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM new)
      UPDATE made SET member_id = numbered.id FROM numbered WHERE numbered.n = made.n`;
    await tx`WITH p AS (INSERT INTO products (slug, title, kind) VALUES (${sku.toLowerCase()}, '茶', 'physical') RETURNING id)
      INSERT INTO variants (product_id, sku, title, price_fen, on_hand, allocated) SELECT id, ${sku}, '', 8800, ${count}, ${count} FROM p`;
    await tx`INSERT INTO orders (order_no, member_id, kind, status, goods_fen, freight_fen, total_fen, recipient, phone, expires_at, paid_at, deliver_by)
      SELECT no, member_id, 'physical', 'paid', 8800, 0, 8800, ${JSON.stringify(aRecipient)}::text::jsonb, ${aRecipient.phone}, now(), now(), now() + interval '72 hours'
        FROM made ORDER BY n`;
    await tx`INSERT INTO order_lines (order_id, variant_id, sku, title, quantity, price_fen)
      SELECT o.id, v.id, v.sku, '茶', 1, 8800 FROM made JOIN orders o ON o.order_no = made.no, variants v WHERE v.sku = ${sku}`;
    await tx`INSERT INTO payments (order_id, out_trade_no, trade_type, status, appid, mch_id, sign_type, total_fen, request, transaction_id, paid_at)
      SELECT o.id, no || 'P1', 'NATIVE', 'paid', 'wx', 'm', 'HMAC-SHA256', 8800, '{}', '42000000' || no, now() FROM made JOIN orders o ON o.order_no = made.no`;
    await tx`INSERT INTO receipts (transaction_id, out_trade_no, order_id, payment_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
      SELECT p.transaction_id, p.out_trade_no, p.order_id, p.id, 'wx', 'm', 8800, 'CNY', 'settling', 'notification', now()
        FROM made JOIN payments p ON p.out_trade_no = no || 'P1'`;
    return tx<PaidOrder[]>`
      SELECT o.id::float8 AS "orderId", o.order_no AS "orderNo", p.out_trade_no AS "outTradeNo", p.transaction_id AS "transactionId"
        FROM made JOIN orders o ON o.order_no = made.no JOIN payments p ON p.order_id = o.id ORDER BY n`;
  });
  return [...rows];
}
