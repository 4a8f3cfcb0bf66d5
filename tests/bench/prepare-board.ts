import type { Sql } from "postgres";

export const packers = 10;

/**
 * So many paid orders whose clock runs, as many again whose clock has ended, and an alarm for each that runs. Two thirds
 * are physical, one in twenty has passed its deadline, one in ten is shipped and waits for its report, one in a hundred
 * of these was refused; packed by ten people and by nobody.
 */
export async function prepareBoard(sql: Sql, of: { orders: number }): Promise<void> {
  const { orders } = of;
  await sql`SET statement_timeout = 0`; // The product's own is for requests.
  await sql.unsafe(`
    INSERT INTO members DEFAULT VALUES;
    INSERT INTO staff (email, name, role) SELECT 'packer' || n || '@bench.example', 'Packer ' || n, 'fulfilment'
      FROM generate_series(1, ${packers}) n;
    INSERT INTO products (slug, title, kind) VALUES ('bench', '商品', 'physical');
    INSERT INTO variants (product_id, sku, title, price_fen, on_hand, allocated)
      SELECT p.id, 'BENCH-' || n, '', 4400, 1000000, 0 FROM products p, generate_series(1, 1000) n;
    INSERT INTO orders (order_no, member_id, kind, status, goods_fen, freight_fen, total_fen, recipient, expires_at, paid_at,
        deliver_by, clock_ended_at, assigned_to, reminders)
      SELECT 'B' || lpad(n::text, 9, '0'), m.id, kind, CASE n % 10 WHEN 0 THEN 'shipped' ELSE 'paid' END, 8800, 0, 8800, '{}',
        now(), deadline - time, deadline, CASE WHEN n > ${orders} THEN now() END,
        CASE WHEN n % 3 > 0 THEN (SELECT min(id) FROM staff WHERE role = 'fulfilment') + n % ${packers} END, n % 4
        FROM (SELECT min(id) AS id FROM members) m, generate_series(1, ${2 * orders}) n
        CROSS JOIN LATERAL (SELECT CASE n % 3 WHEN 0 THEN 'virtual' ELSE 'physical' END AS kind) k
        CROSS JOIN LATERAL (SELECT CASE kind WHEN 'virtual' THEN interval '24 hours' ELSE interval '72 hours' END AS time) t
        CROSS JOIN LATERAL (SELECT date_trunc('second', now() + time * ((n * 7919 % ${orders}) / ${orders}.0 - 0.05)) AS deadline) d;
    INSERT INTO order_lines (order_id, variant_id, sku, title, quantity, price_fen, shipped)
      SELECT o.id, v.id, v.sku, '商品', 1, 4400, CASE o.status WHEN 'shipped' THEN 1 ELSE 0 END
        FROM orders o CROSS JOIN generate_series(0, 1) l JOIN variants v ON v.sku = 'BENCH-' || 1 + (o.id * 2 + l) % 1000;
    INSERT INTO receipts (transaction_id, out_trade_no, order_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
      SELECT 'T' || id, order_no || 'P1', id, 'wx', '1', 8800, 'CNY', 'settling', 'notification', paid_at FROM orders;
    INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg, reported_at)
      SELECT r.id, o.id, CASE WHEN o.clock_ended_at IS NOT NULL THEN 'reported' WHEN o.id % 1000 = 0 THEN 'refused' ELSE 'queued' END,
        1, 'ok', o.clock_ended_at FROM orders o JOIN receipts r ON r.order_id = o.id WHERE o.status = 'shipped';
    INSERT INTO escalations (order_id, level, at) SELECT o.id, l, now() FROM orders o, unnest(ARRAY[50, 80, 100]) l
      WHERE o.clock_ended_at IS NULL AND l <= percent_over(o.paid_at, o.deliver_by, now());
    INSERT INTO alarms (source, kind, dedupe_key, facts)
      SELECT 'shop', 'deadline_near', deadline_alarm_key(id, 50), jsonb_build_object('orderNo', order_no, 'level', 50, 'deliverBy', deliver_by)
        FROM orders WHERE clock_ended_at IS NULL ORDER BY id;
    INSERT INTO alarm_orders (alarm_id, order_id) SELECT a.id, o.id FROM alarms a JOIN orders o ON o.order_no = a.facts->>'orderNo';`);
  await sql`VACUUM (ANALYZE)`;
  await sql`CHECKPOINT`;
}
