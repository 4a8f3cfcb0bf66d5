import type { contentKinds } from "@/lib/db/schema/deliveries";
import { sealPrefix } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";

export const contentPageSize = 50;

export type ListedContent = {
  variantId: number;
  productId: number;
  sku: string;
  title: string;
  onSale: boolean;
  /** Pieces that buyers can still order. */
  available: number;
  /** What it is delivered as by itself; null: by hand. */
  kind: (typeof contentKinds)[number] | null;
  /** Whether the text or link can be opened with the present DATA_KEY. */
  readable: boolean;
  free: number;
  /** Free codes that were sealed with another DATA_KEY. */
  unreadable: number;
  /** Codes, given or not, that new ones cannot be compared with. */
  uncomparable: number;
  given: number;
  /** Paid orders with pieces of it left to deliver. */
  waiting: number;
};

/** The virtual variants of the shop, or of one product, the newest first, and what each is delivered as. Never a content itself. */
export async function listContents(
  shop: Shop,
  of: { before?: number; productId?: number | null } = {},
): Promise<{ contents: ListedContent[]; older: number | null }> {
  const prefix = sealPrefix(shop.environment.dataKey);
  const productId = of.productId ?? null;
  const rows = await shop.sql<ListedContent[]>`
    WITH waiting AS (
      SELECT l.variant_id, count(*)::int AS orders FROM orders o JOIN order_lines l ON l.order_id = o.id
      WHERE o.kind = 'virtual' AND o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL AND o.status = 'paid'
        AND l.quantity - l.shipped - l.dropped > 0 GROUP BY l.variant_id
    )
    SELECT v.id::float8 AS "variantId", p.id::float8 AS "productId", v.sku, p.title || CASE WHEN v.title = '' THEN '' ELSE ' ' || v.title END AS title,
      p.on_sale AS "onSale", v.on_hand - v.allocated AS available, c.kind,
      coalesce(starts_with(c.sealed, ${prefix}), true) AS readable,
      s.free, s.unreadable, s.uncomparable, s.given, coalesce(w.orders, 0) AS waiting
    FROM variants v JOIN products p ON p.id = v.product_id LEFT JOIN virtual_contents c ON c.variant_id = v.id
      LEFT JOIN waiting w ON w.variant_id = v.id
    CROSS JOIN LATERAL (SELECT
      (count(*) FILTER (WHERE k.delivery_id IS NULL AND starts_with(k.sealed, ${prefix})))::int AS free,
      (count(*) FILTER (WHERE k.delivery_id IS NULL AND NOT starts_with(k.sealed, ${prefix})))::int AS unreadable,
      (count(*) FILTER (WHERE NOT starts_with(k.sealed, ${prefix})))::int AS uncomparable,
      (count(*) FILTER (WHERE k.delivery_id IS NOT NULL))::int AS given FROM codes k WHERE k.variant_id = v.id) s
    WHERE p.kind = 'virtual' AND (${productId}::bigint IS NULL OR p.id = ${productId}) AND v.id < ${of.before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY v.id DESC LIMIT ${contentPageSize + 1}`;
  const contents = rows.slice(0, contentPageSize);
  return { contents, older: rows.length > contents.length ? (contents.at(-1)?.variantId ?? null) : null };
}
