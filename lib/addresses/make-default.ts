import { lockBuyer } from "@/lib/members/lock-member";
import type { Shop } from "@/lib/shop";
import { setDefault } from "./set-default";

/** From now on the checkout starts with this address. `not_found` for one that is not the member's. */
export async function makeDefault(shop: Shop, of: { memberId: number; addressId: number }): Promise<void> {
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    await setDefault(tx, of);
  });
}
