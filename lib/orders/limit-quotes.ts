import { clientAddress, isExempt, networkOf } from "@/lib/http/client-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const limit = { name: "quotes", points: 300, perS: 60 }; // Each change of a quantity asks once, and buyers share addresses.

/** Quotes hold nothing and leave orders their own limit; this keeps one address from keeping the database busy. */
export async function limitQuotes({ environment, sql }: Shop, headers: Headers): Promise<void> {
  const { trustedProxies } = environment;
  const address = clientAddress(headers, trustedProxies);
  if (!isExempt(address, trustedProxies)) await takeFromLimit(sql, limit, networkOf(address));
}
