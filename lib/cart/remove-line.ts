import { sql } from "drizzle-orm";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Shop } from "@/lib/shop";

/** Takes a line out of a member's cart; one that is not in it stays out. It can be put back for a while. */
export async function removeLine(shop: Shop, of: { memberId: number; sku: string }): Promise<void> {
  if (of.sku.includes("\0")) return; // PostgreSQL refuses to look for it.
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    await tx.execute(sql`UPDATE cart_lines l SET removed_at = ${shop.now().toISOString()} FROM variants v
      WHERE l.member_id = ${of.memberId} AND v.id = l.variant_id AND v.sku = ${of.sku} AND l.removed_at IS NULL`);
  });
}
