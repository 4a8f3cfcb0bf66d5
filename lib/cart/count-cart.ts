import { sum } from "drizzle-orm";
import { cartLines } from "@/lib/db/schema/cart";
import type { Shop } from "@/lib/shop";
import { inCartOf } from "./in-cart-of";

/** How many pieces a member's cart holds. */
export async function countCart(shop: Shop, memberId: number): Promise<number> {
  const [counted] = await shop.db
    .select({ pieces: sum(cartLines.quantity) })
    .from(cartLines)
    .where(inCartOf(memberId));
  return Number(counted?.pieces ?? 0);
}
