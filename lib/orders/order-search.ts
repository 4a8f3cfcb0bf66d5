import { type SQL, sql } from "drizzle-orm";
import { likeStart } from "@/lib/db/like";
import type { Shop } from "@/lib/shop";
import { idsNamed } from "./find-order-id";

/**
 * What a search means by its shape, for an order `o`, one condition for each meaning it may have: four digits end a
 * phone number, eleven may be one; digits and letters are a number of the order, its payments, receipts, refunds or
 * parcels; anything but digits begins a recipient's name or is part of a product's title; and all may be a SKU.
 * Each condition has an index of its own, so they are looked up one by one and not with OR.
 */
export async function readMeanings(shop: Shop, search: string): Promise<SQL[]> {
  const compact = search.normalize("NFKC").replace(/[\s-]/g, "");
  const phone = /^(?:\+?86)?(1[3-9]\d{9})$/.exec(compact)?.[1];
  const isDigits = /^\d+$/.test(compact);
  const variantIds = await variantsCalled(shop, search, { inTitle: !isDigits });
  return [
    ...(/^\d{4}$/.test(compact) ? [sql`right(o.phone, 4) = ${compact}`] : []),
    ...(phone ? [sql`right(o.phone, 4) = ${phone.slice(-4)} AND o.phone = ${phone}`] : []),
    ...(isNumber(compact)
      ? [sql`o.id IN (${sql.join([...new Set([search, compact])].map(idsNamed), sql` UNION `)})`]
      : []),
    ...(isDigits ? [] : [sql`lower(o.recipient ->> 'name') LIKE lower(${likeStart(search)})`]),
    ...(variantIds.length > 0 ? [hasVariant(variantIds)] : []),
  ];
}

/** Orders `o` with a line of one of these variants. */
export function hasVariant(variantIds: number[]): SQL {
  return sql`EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.variant_id = ANY (${sql.param(variantIds)}::bigint[]))`;
}

/** Ours have twenty digits and more, others' at least six characters; every one has a digit. */
function isNumber(text: string): boolean {
  return /^[0-9A-Za-z_|*@]{6,64}$/.test(text) && /\d/.test(text);
}

const variantsAtMost = 500;

async function variantsCalled(shop: Shop, text: string, of: { inTitle: boolean }): Promise<number[]> {
  const title = sql`OR strpos(lower(p.title || ' ' || v.title), lower(${text})) > 0`;
  const rows = await shop.db.execute<{ id: number }>(
    sql`SELECT v.id::float8 AS id FROM variants v JOIN products p ON p.id = v.product_id
      WHERE v.sku = ${text} ${of.inTitle ? title : sql``} ORDER BY v.id DESC LIMIT ${variantsAtMost}`,
  );
  return rows.map(({ id }) => id);
}
