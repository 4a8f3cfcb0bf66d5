import { limitByAddress } from "@/lib/http/limit-by-address";
import type { Shop } from "@/lib/shop";

const limit = { name: "member_sign_in", points: 300, perS: 60 }; // Buyers of one mobile network share an address, and each signs in once.

/** Each sign-in asks WeChat, which counts the whole shop's calls: strangers' invented codes must not use them up. */
export async function limitMemberSignIns(shop: Shop, headers: Headers): Promise<void> {
  await limitByAddress(shop, headers, limit);
}
