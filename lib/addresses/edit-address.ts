import { and, eq } from "drizzle-orm";
import { addresses } from "@/lib/db/schema/addresses";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";
import { setDefault } from "./set-default";

/** Orders keep the address that they were placed with. `not_found` for one that is not the member's. */
export async function editAddress(
  shop: Shop,
  of: { memberId: number; addressId: number; recipient: Recipient; isDefault: boolean },
): Promise<void> {
  await shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    const edited = await tx
      .update(addresses)
      .set({ ...of.recipient, isDefault: false })
      .where(and(eq(addresses.id, of.addressId), eq(addresses.memberId, of.memberId)))
      .returning({ id: addresses.id });
    if (edited.length === 0) throw new AppError("not_found");
    if (of.isDefault) await setDefault(tx, of);
  });
}
