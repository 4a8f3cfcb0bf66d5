import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { variants } from "@/lib/db/schema/catalog";

/**
 * Whether orders name a variant, or codes are stored for it: then it cannot be deleted. Its table is written out: drizzle
 * leaves it away in a list of columns, and the codes have an id too.
 */
export const isVariantUsed = sql<boolean>`(EXISTS (SELECT FROM order_lines l WHERE l.variant_id = variants.id)
  OR EXISTS (SELECT FROM codes k WHERE k.variant_id = variants.id))`;

/** Whether any variant of a product is: then its kind is fixed. */
export async function isProductUsed(db: Tx | Db, productId: number): Promise<boolean> {
  const [used] = await db
    .select({ id: variants.id })
    .from(variants)
    .where(sql`${variants.productId} = ${productId} AND ${isVariantUsed}`)
    .limit(1);
  return used !== undefined;
}
