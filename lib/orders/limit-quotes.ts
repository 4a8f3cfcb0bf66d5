import { limitByAddress } from "@/lib/http/limit-by-address";
import type { Shop } from "@/lib/shop";

const limit = { name: "quotes", points: 300, perS: 60 }; // Each change of a quantity asks once, and buyers share addresses.

/** Quotes hold nothing and leave orders their own limit; this keeps one address from keeping the database busy. */
export async function limitQuotes(shop: Shop, headers: Headers): Promise<void> {
  await limitByAddress(shop, headers, limit);
}
