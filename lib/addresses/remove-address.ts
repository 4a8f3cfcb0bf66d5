import { and, eq } from "drizzle-orm";
import { addresses } from "@/lib/db/schema/addresses";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Shop } from "@/lib/shop";

/** One that is gone already, or is somebody else's, changes nothing. */
export async function removeAddress(shop: Shop, of: { memberId: number; addressId: number }): Promise<void> {
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    await tx
      .delete(addresses)
      .where(and(eq(addresses.id, of.addressId), eq(addresses.memberId, of.memberId)));
  });
}
