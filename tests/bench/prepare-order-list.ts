import type { Sql } from "postgres";

/** Buyers who come back often enough that the orders of each fill a page, however many others there are. */
export const regulars = 20;
export const ordersOfRegulars = 60;

/**
 * So many orders of the last two years, older ones first, with what belongs to them: goods of 600 variants of which few
 * sell most, payments, receipts, parcels, reports, one refund in twenty-five paid orders, a note on one in a hundred.
 * Of the newest twentieth two in five wait to be shipped, one in four is not paid yet; of the others most are completed.
 * `regulars` have `ordersOfRegulars` each, in a list of 5,000 and more. One in twenty waiting ones is late. Indexes are made last: about 3 KB an order on the disk, all in all.
 */
export async function prepareOrderList(sql: Sql, of: { orders: number }): Promise<void> {
  await sql.unsafe(`
    SET statement_timeout = 0;
    SET session_replication_role = replica; -- The rows fit each other by the way they are made.
    SET maintenance_work_mem = '512MB';
    SET work_mem = '64MB';
    SET synchronous_commit = off;
    SELECT setseed(0.5);`);
  const indexes = await dropIndexes(sql);
  for (const statement of seeding(of.orders)) await sql.unsafe(statement);
  for (const index of indexes) await sql.unsafe(index);
  await sql`VACUUM (ANALYZE)`;
  await sql`CHECKPOINT`;
}

const tables = ["orders", "order_lines", "payments", "receipts", "refunds", "deliveries", "delivery_reports"];

/** What is no constraint's own; answers how to make them again. */
async function dropIndexes(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string; definition: string }[]>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY (${tables})
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = (indexname::regclass)::oid)`;
  for (const { name } of rows) await sql`DROP INDEX ${sql(name)}`;
  return rows.map((row) => row.definition);
}

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余";
const givenNames =
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红梅鑫宇轩浩然子涵梓萱欣怡一诺雨桐晨曦";
const letterOf = (letters: string, index: string) =>
  `substr('${letters}', 1 + (${index})::int % ${letters.length}, 1)`;

function seeding(orders: number): string[] {
  const members = Math.max(100, Math.floor(orders / 4));
  const everyRegular = Math.max(4, Math.floor(orders / (regulars * ordersOfRegulars)));
  const prices = (variant: string) => `(990 + ${variant} * 37 % 200 * 100)`;
  return [
    `INSERT INTO members (created_at) SELECT now() - interval '2 years' FROM generate_series(1, ${members})`,
    `INSERT INTO staff (email, name, role) SELECT 'packer' || n || '@bench.example', 'Packer ' || n, 'fulfilment'
      FROM generate_series(1, 10) n`,
    `INSERT INTO products (slug, title, kind) SELECT 'bench-' || n, '好物 ' || n || ' 号', CASE n % 4 WHEN 0 THEN 'virtual' ELSE 'physical' END
      FROM generate_series(1, 300) n`,
    `INSERT INTO variants (product_id, sku, title, price_fen, on_hand, allocated)
      SELECT 1 + (n - 1) / 2, 'BENCH-' || n, CASE n % 2 WHEN 0 THEN '大' ELSE '小' END, ${prices("n")}, 1000000000, 0 FROM generate_series(1, 600) n`,
    `CREATE TEMP TABLE made AS
      SELECT n, first, quantity, CASE WHEN second_u < 0.4 THEN 1 + (first + 1 + (second_u * 1000)::int) % 600 END AS second, kind, status, status_u,
          member, trade_u, refund_u, created, CASE WHEN status IN ('paid', 'shipped', 'completed') THEN created + interval '3 minutes' END AS paid,
          CASE kind WHEN 'virtual' THEN interval '24 hours' ELSE interval '72 hours' END AS time
        FROM (SELECT n, 1 + floor(600 * power(random(), 3))::int AS first, 1 + floor(3 * power(random(), 4))::int AS quantity, random() AS second_u,
          random() AS status_u, random() AS member_u, random() AS trade_u, random() AS refund_u,
          now() - (${orders} - n) * (interval '730 days' / ${orders}) AS created FROM generate_series(1, ${orders}) n) drawn
        CROSS JOIN LATERAL (SELECT CASE WHEN (first - 1) / 2 % 4 = 3 THEN 'virtual' ELSE 'physical' END AS kind) k
        CROSS JOIN LATERAL (SELECT CASE WHEN n > ${orders} * 0.95 THEN CASE WHEN status_u < 0.15 THEN 'pending' WHEN status_u < 0.27 THEN 'closing'
            WHEN status_u < 0.67 THEN 'paid' WHEN status_u < 0.85 THEN 'shipped' ELSE 'closed' END
          ELSE CASE WHEN status_u < 0.12 THEN 'closed' WHEN status_u < 0.15 THEN 'shipped' ELSE 'completed' END END AS status) s
        CROSS JOIN LATERAL (SELECT CASE WHEN n % ${everyRegular} = 0 THEN 1 + n / ${everyRegular} % ${regulars}
          ELSE 1 + ${regulars} + floor(member_u * ${members - regulars})::int END AS member) m`,
    `INSERT INTO orders (id, order_no, member_id, kind, status, closed_reason, goods_fen, freight_fen, total_fen, recipient, phone, note, created_at,
        expires_at, paid_at, deliver_by, clock_ended_at, shipped_at, assigned_to, reminders)
      OVERRIDING SYSTEM VALUE
      SELECT n, to_char(created AT TIME ZONE 'Asia/Shanghai', 'YYMMDDHH24MISS') || lpad(n::text, 8, '0'), member, kind, status,
          CASE WHEN status IN ('closed', 'closing') THEN CASE WHEN trade_u < 0.8 THEN 'expired' ELSE 'cancelled' END END, fen, 0, fen,
          CASE kind WHEN 'physical' THEN jsonb_build_object('name', name, 'phone', phone, 'province', '浙江省', 'city', '杭州市', 'district', '西湖区',
            'address', '文三路 ' || member || ' 号') END, CASE kind WHEN 'physical' THEN phone END, CASE WHEN refund_u > 0.9 THEN '请周末送' END,
          created, created + interval '30 minutes', paid, CASE WHEN status = 'paid' THEN date_trunc('second', now() + time * (2.6 * (status_u - 0.27) - 0.05))
            WHEN paid IS NOT NULL THEN paid + time END,
          CASE WHEN status IN ('shipped', 'completed') THEN paid + time * status_u END,
          CASE WHEN status IN ('shipped', 'completed') THEN paid + interval '20 hours' END,
          CASE WHEN status = 'paid' AND trade_u < 0.7 THEN 1 + n % 10 END, CASE WHEN status = 'paid' THEN n % 4 ELSE 0 END
        FROM made CROSS JOIN LATERAL (SELECT ${letterOf(surnames, "member")} || ${letterOf(givenNames, "member / 7")} ||
            CASE WHEN member % 3 > 0 THEN ${letterOf(givenNames, "member / 11")} ELSE '' END AS name,
          '1' || 3 + member % 7 || lpad((member::bigint * 7919 % 1000000000)::text, 9, '0') AS phone,
          ${prices("first")} * quantity + coalesce(${prices("second")}, 0) AS fen) of
        ORDER BY n`,
    `INSERT INTO order_lines (order_id, variant_id, sku, title, quantity, price_fen, shipped)
      SELECT n, variant, 'BENCH-' || variant, '好物 ' || 1 + (variant - 1) / 2 || ' 号', pieces, ${prices("variant")},
          CASE WHEN status IN ('shipped', 'completed') THEN pieces ELSE 0 END
        FROM made CROSS JOIN LATERAL (VALUES (first, quantity), (second, 1)) l (variant, pieces) WHERE variant IS NOT NULL ORDER BY n`,
    `INSERT INTO payments (id, order_id, out_trade_no, trade_type, status, appid, mch_id, openid, sign_type, total_fen, request, prepay_id,
        transaction_id, created_at, paid_at)
      OVERRIDING SYSTEM VALUE
      SELECT n, n, o.order_no || 'P1', CASE WHEN trade_u < 0.7 THEN 'JSAPI' WHEN trade_u < 0.9 THEN 'MWEB' ELSE 'NATIVE' END,
          CASE WHEN paid IS NOT NULL THEN 'paid' WHEN m.status = 'closed' THEN 'closed' ELSE 'open' END, 'wxd930ea5d5a258f4f', '1900000109',
          CASE WHEN trade_u < 0.7 THEN 'oBench' || lpad(member::text, 22, '0') END, 'HMAC-SHA256', o.total_fen,
          jsonb_build_object('body', '掌柜-商品', 'out_trade_no', o.order_no || 'P1', 'total_fee', o.total_fen::text), 'wx' || md5(n::text),
          CASE WHEN paid IS NOT NULL THEN '420000' || lpad(n::text, 22, '0') END, created + interval '1 minute', paid
        FROM made m JOIN orders o ON o.id = n WHERE paid IS NOT NULL OR (status_u * 1000)::int % 10 < 7 ORDER BY n`,
    `INSERT INTO receipts (id, transaction_id, out_trade_no, order_id, payment_id, appid, mch_id, openid, total_fen, fee_type, verdict, source, paid_at, created_at)
      OVERRIDING SYSTEM VALUE
      SELECT id, transaction_id, out_trade_no, order_id, id, appid, mch_id, openid, total_fen, 'CNY', 'settling', 'notification', paid_at, paid_at
        FROM payments WHERE status = 'paid' ORDER BY id`,
    `INSERT INTO refunds (receipt_id, order_id, out_refund_no, refund_id, source, status, requested_fen, refund_fen, reason, request, created_at, settled_at)
      SELECT r.id, n, 'R' || lpad(n::text, 22, '0'), '503000' || lpad(n::text, 22, '0'), 'buyer', state, fen, fen, 'unwanted', '{}', paid + interval '1 day',
          CASE state WHEN 'succeeded' THEN paid + interval '2 days' END
        FROM made JOIN receipts r ON r.order_id = n
        CROSS JOIN LATERAL (SELECT CASE n % 10 WHEN 0 THEN 'requested' WHEN 1 THEN 'rejected' WHEN 2 THEN 'accepted' ELSE 'succeeded' END AS state,
          CASE WHEN n % 5 < 3 THEN r.total_fen ELSE greatest(1, r.total_fen / 3) END AS fen) f
        WHERE refund_u < 0.04 ORDER BY n`,
    `INSERT INTO deliveries (order_id, kind, status, carrier, tracking_no, shipped_at)
      SELECT n, 'express', 'shipped', 'SF', 'SF' || lpad(n::text, 13, '0'), paid + interval '20 hours'
        FROM made WHERE kind = 'physical' AND status IN ('shipped', 'completed') ORDER BY n`,
    `INSERT INTO delivery_reports (receipt_id, order_id, status, channel, deliver_status, deliver_msg, attempts, reported_at)
      SELECT r.id, n, 'reported', 'delivernotify', 1, 'ok', 1, paid + interval '20 hours' FROM made JOIN receipts r ON r.order_id = n
        WHERE status IN ('shipped', 'completed') ORDER BY n`,
    `INSERT INTO staff_notes (order_id, staff_id, text) SELECT n, 1 + n % 10, '买家来电，尽快发货' FROM made WHERE n % 100 = 0`,
    "DROP TABLE made",
    ...["orders", "payments", "receipts"].map(
      (table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), ${orders})`,
    ),
  ];
}
