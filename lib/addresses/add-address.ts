import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";
import { mostAddresses, saveAddress } from "./save-address";
import { setDefault } from "./set-default";

/** A new address in a member's book; sent twice it is there once. `too_many_addresses`. */
export async function addAddress(
  shop: Shop,
  of: { memberId: number; recipient: Recipient; isDefault: boolean },
): Promise<number> {
  return shop.db.transaction(async (tx) => {
    await lockBuyer(tx, of.memberId);
    const addressId = await saveAddress(tx, of);
    if (addressId === null) throw new AppError("too_many_addresses", { limit: mostAddresses });
    if (of.isDefault) await setDefault(tx, { memberId: of.memberId, addressId });
    return addressId;
  });
}
