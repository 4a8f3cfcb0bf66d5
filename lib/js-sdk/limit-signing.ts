import { clientAddress, isExempt, networkOf } from "@/lib/http/client-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const limit = { name: "js-sdk", points: 300, perS: 60 }; // Buyers of one mobile network share an address, and each page asks once.

/** A signature costs nobody at WeChat anything; this keeps one address from keeping the database busy. */
export async function limitSigning({ environment, sql }: Shop, headers: Headers): Promise<void> {
  const { trustedProxies } = environment;
  const address = clientAddress(headers, trustedProxies);
  if (!isExempt(address, trustedProxies)) await takeFromLimit(sql, limit, networkOf(address));
}
