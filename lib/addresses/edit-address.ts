import { and, eq } from "drizzle-orm";
import { addresses } from "@/lib/db/schema/addresses";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";
import { setDefault } from "./set-default";

/** Orders keep the address that they were placed with. Answers false for one that is not in the member's book, or no more. */
export async function editAddress(
  shop: Shop,
  of: { memberId: number; addressId: number; recipient: Recipient; isDefault: boolean },
): Promise<boolean> {
  return shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    const edited = await tx
      .update(addresses)
      .set({ ...of.recipient, isDefault: false })
      .where(and(eq(addresses.id, of.addressId), eq(addresses.memberId, of.memberId)))
      .returning({ id: addresses.id });
    if (edited.length > 0 && of.isDefault) await setDefault(tx, of);
    return edited.length > 0;
  });
}
