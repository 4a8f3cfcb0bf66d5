import { sql } from "drizzle-orm";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Shop } from "@/lib/shop";

/** The prices that a buyer has been told on a page, and goes on with. What has changed since is told again. */
export async function acknowledgePrices(
  shop: Shop,
  of: { memberId: number; told: { sku: string; priceFen: number }[] },
): Promise<void> {
  const told = of.told.filter(({ sku }) => !sku.includes("\0")); // PostgreSQL refuses to look for it.
  const skus = told.map(({ sku }) => sku);
  const prices = told.map(({ priceFen }) => priceFen);
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    await tx.execute(sql`UPDATE cart_lines l SET seen_fen = told.fen
      FROM variants v, unnest(${sql.param(skus)}::text[], ${sql.param(prices)}::bigint[]) AS told(sku, fen)
      WHERE l.member_id = ${of.memberId} AND v.id = l.variant_id AND v.sku = told.sku`);
  });
}
