import { limitByAddress } from "@/lib/http/limit-by-address";
import type { Shop } from "@/lib/shop";

const limit = { name: "js-sdk", points: 300, perS: 60 }; // Buyers of one mobile network share an address, and each page asks once.

/** A signature costs nobody at WeChat anything; this keeps one address from keeping the database busy. */
export async function limitSigning(shop: Shop, headers: Headers): Promise<void> {
  await limitByAddress(shop, headers, limit);
}
