import { eq, sum } from "drizzle-orm";
import { cartLines } from "@/lib/db/schema/cart";
import type { Shop } from "@/lib/shop";

/** How many pieces a member's cart holds. */
export async function countCart(shop: Shop, memberId: number): Promise<number> {
  const [counted] = await shop.db
    .select({ pieces: sum(cartLines.quantity) })
    .from(cartLines)
    .where(eq(cartLines.memberId, memberId));
  return Number(counted?.pieces ?? 0);
}
