import { sql } from "drizzle-orm";
import { sealPrefix } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import { deliverVirtual } from "./deliver-virtual";
import { missingCodes } from "./missing-codes";

const batch = 100;

/**
 * What follows when something was stored for a variant: the paid orders that wait for it get theirs, who paid first
 * first, until its codes are out.
 */
export async function deliverWaiting(shop: Shop, variantId: number): Promise<void> {
  let after = { paidAt: "-infinity", id: 0 };
  for (;;) {
    const orders = await listWaiting(shop, variantId, after);
    for (const order of orders) {
      if (await isOut(shop, variantId)) return settleAlarm(shop, variantId);
      await deliverVirtual(shop, order.id);
      after = order;
    }
    if (orders.length < batch) break;
  }
  await settleAlarm(shop, variantId);
}

type Place = { paidAt: string; id: number };

async function listWaiting({ sql: query }: Shop, variantId: number, after: Place): Promise<Place[]> {
  return query<Place[]>`
    SELECT o.paid_at::text AS "paidAt", o.id::float8 AS id FROM orders o JOIN order_lines l ON l.order_id = o.id
    WHERE o.kind = 'virtual' AND o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL AND o.status = 'paid'
      AND l.variant_id = ${variantId} AND l.quantity - l.shipped - l.dropped > 0
      AND (o.paid_at, o.id) > (${after.paidAt}::timestamptz, ${after.id})
    ORDER BY o.paid_at, o.id LIMIT ${batch}`;
}

/** It is delivered by codes, and there is none. */
async function isOut({ sql: query, environment }: Shop, variantId: number): Promise<boolean> {
  const [row] =
    await query`SELECT 1 FROM virtual_contents v WHERE v.variant_id = ${variantId} AND v.kind = 'codes'
    AND NOT EXISTS (SELECT 1 FROM codes c WHERE c.variant_id = v.variant_id AND c.delivery_id IS NULL
      AND starts_with(c.sealed, ${sealPrefix(environment.dataKey)}))`;
  return row !== undefined;
}

/** How many codes are missing now; the alarm is over when none is. */
async function settleAlarm(shop: Shop, variantId: number): Promise<void> {
  const key = `codes_empty:${variantId}`;
  const missing = await missingCodes(shop.db, { variantId, dataKey: shop.environment.dataKey });
  await shop.db.execute(
    missing > 0
      ? sql`UPDATE alarms SET facts = facts || jsonb_build_object('missing', ${missing}::int)
          WHERE dedupe_key = ${key} AND status <> 'resolved'`
      : sql`SELECT resolve_alarms(ARRAY[${key}], ${shop.now().toISOString()})`,
  );
}
