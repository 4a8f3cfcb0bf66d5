import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { sealPrefix } from "@/lib/db/seal";

/** How many codes of a variant that is delivered by codes the paid orders need beyond those in stock; at least 0. */
export async function missingCodes(
  db: Tx | Db,
  { variantId, dataKey }: { variantId: number; dataKey: string },
): Promise<number> {
  const [row] = await db.execute<{ missing: number }>(sql`
    SELECT greatest(0, coalesce((SELECT sum(l.quantity - l.shipped - l.dropped) FROM orders o JOIN order_lines l ON l.order_id = o.id
          WHERE o.kind = 'virtual' AND o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL AND o.status = 'paid'
            AND l.variant_id = v.variant_id), 0)
        - (SELECT count(*) FROM codes c WHERE c.variant_id = v.variant_id AND c.delivery_id IS NULL
            AND starts_with(c.sealed, ${sealPrefix(dataKey)})))::int AS missing
    FROM virtual_contents v WHERE v.variant_id = ${variantId} AND v.kind = 'codes'`);
  return row?.missing ?? 0;
}
