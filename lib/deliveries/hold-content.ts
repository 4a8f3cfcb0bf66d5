import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";

/**
 * A variant of virtual goods, its content changed by one person at a time. Not by its row's lock: that is what buyers
 * wait for. `not_found`.
 */
export async function holdContent(tx: Tx, sku: string): Promise<{ id: number; sku: string }> {
  if (sku.includes("\0")) throw new AppError("not_found");
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`content:${sku}`}, 0))`);
  const [variant] = await tx
    .select({ id: variants.id, sku: variants.sku })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(and(eq(variants.sku, sku), eq(products.kind, "virtual")));
  if (!variant) throw new AppError("not_found");
  return variant;
}
