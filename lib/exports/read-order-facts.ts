import { sql } from "drizzle-orm";
import { maskRecipient } from "@/lib/members/mask";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";

/** What a file tells of an order beyond what the lists show. */
export type OrderFacts = {
  goodsFen: number;
  freightFen: number;
  /** "茶 × 2", a line each; and by SKU, "TEA-50 × 2". */
  goods: string;
  skus: string;
  recipient: Recipient | null;
  /** What the buyer wrote for the shop. */
  note: string | null;
  memberId: number;
  outTradeNo: string | null;
  transactionId: string | null;
  /** "SF SF1234567890123", a line each, without those that were undone. */
  parcels: string;
};

/** By order id. The recipient is masked unless `reveal`. */
export async function readOrderFacts(
  shop: Shop,
  ids: number[],
  { reveal }: { reveal: boolean },
): Promise<Map<number, OrderFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.db.execute<OrderFacts & { id: number }>(sql`
    SELECT o.id::float8 AS id, o.goods_fen::float8 AS "goodsFen", o.freight_fen::float8 AS "freightFen", o.recipient, o.note,
        o.member_id::float8 AS "memberId", r.out_trade_no AS "outTradeNo", r.transaction_id AS "transactionId", lines.goods, lines.skus,
        coalesce((SELECT string_agg(concat_ws(' ', d.carrier, d.tracking_no), E'\n' ORDER BY d.id) FROM deliveries d
          WHERE d.order_id = o.id AND d.tracking_no IS NOT NULL AND d.status <> 'voided'), '') AS parcels
      FROM orders o
      LEFT JOIN LATERAL (SELECT s.out_trade_no, s.transaction_id FROM receipts s
        WHERE s.order_id = o.id AND s.verdict = 'settling' LIMIT 1) r ON true
      CROSS JOIN LATERAL (SELECT string_agg(l.title || ' × ' || l.quantity, E'\n' ORDER BY l.variant_id) AS goods,
          string_agg(l.sku || ' × ' || l.quantity, E'\n' ORDER BY l.variant_id) AS skus FROM order_lines l WHERE l.order_id = o.id) lines
     WHERE o.id = ANY(${sql.param(ids)}::bigint[])`);
  return new Map(
    rows.map(({ id, ...facts }) => [id, { ...facts, recipient: shown(facts.recipient, reveal) }]),
  );
}

function shown(recipient: Recipient | null, reveal: boolean): Recipient | null {
  return recipient && !reveal ? maskRecipient(recipient) : recipient;
}

/** The columns that a recipient fills, empty for what is delivered online. */
export const recipientColumns = {
  recipient: ({ facts }: { facts: OrderFacts }) => facts.recipient?.name ?? null,
  phone: ({ facts }: { facts: OrderFacts }) => facts.recipient?.phone ?? null,
  province: ({ facts }: { facts: OrderFacts }) => facts.recipient?.province ?? null,
  city: ({ facts }: { facts: OrderFacts }) => facts.recipient?.city ?? null,
  district: ({ facts }: { facts: OrderFacts }) => facts.recipient?.district ?? null,
  address: ({ facts }: { facts: OrderFacts }) => facts.recipient?.address ?? null,
};

/** Rows of a list with their facts; a row without any is gone since. */
export async function withFacts<Row extends { id: number }>(
  shop: Shop,
  rows: Row[],
  of: { reveal: boolean },
): Promise<(Row & { facts: OrderFacts })[]> {
  const ids = rows.map(({ id }) => id);
  const facts = await readOrderFacts(shop, ids, of);
  return rows.flatMap((row) => {
    const its = facts.get(row.id);
    return its ? [{ ...row, facts: its }] : [];
  });
}
