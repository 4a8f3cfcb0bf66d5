import type { Sql } from "postgres";

export const totalFen = 8800;
const variantsBesides = 1_000;

export const outTradeNoOf = (n: number): string => `B${String(n).padStart(9, "0")}P1`;

/** So many pending orders with an open payment each, numbered from 0; every second one is for the same variant. */
export async function prepareOrders(
  sql: Sql,
  of: { count: number; appId: string; mchId: string },
): Promise<void> {
  const { count, appId, mchId } = of;
  await sql`SET statement_timeout = 0`; // The product's own is for requests.
  await sql.unsafe(`
    INSERT INTO members DEFAULT VALUES;
    INSERT INTO products (slug, title, kind) VALUES ('bench', '商品', 'virtual');
    INSERT INTO variants (product_id, sku, title, price_fen, on_hand, allocated)
      SELECT p.id, 'BENCH-' || n, '', ${totalFen}, 1000000, ${count} FROM products p, generate_series(0, ${variantsBesides}) n;
    INSERT INTO orders (order_no, member_id, kind, goods_fen, freight_fen, total_fen, expires_at)
      SELECT 'B' || lpad(n::text, 9, '0'), m.id, 'virtual', ${totalFen}, 0, ${totalFen}, now() + interval '1 day'
        FROM generate_series(0, ${count - 1}) n, (SELECT min(id) AS id FROM members) m;
    INSERT INTO order_lines (order_id, variant_id, sku, title, quantity, price_fen)
      SELECT o.id, v.id, v.sku, '商品', 1, ${totalFen} FROM orders o
        JOIN variants v ON v.sku = 'BENCH-' || CASE o.id % 2 WHEN 0 THEN 0 ELSE 1 + o.id / 2 % ${variantsBesides} END;`);
  await sql`
    INSERT INTO payments (order_id, out_trade_no, trade_type, status, appid, mch_id, sign_type, total_fen, request)
      SELECT id, order_no || 'P1', 'NATIVE', 'open', ${appId}, ${mchId}, 'HMAC-SHA256', total_fen, '{}' FROM orders`;
  await sql`VACUUM (ANALYZE)`;
  await sql`CHECKPOINT`;
}
