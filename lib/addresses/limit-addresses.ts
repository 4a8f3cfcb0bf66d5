import { clientAddress, isExempt, networkOf } from "@/lib/http/client-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const limit = { name: "addresses", points: 30, perS: 60 }; // Nobody types faster; buyers of one network share it.

/** A stranger who saves an address fills rows. */
export async function limitAddresses({ environment, sql }: Shop, headers: Headers): Promise<void> {
  const { trustedProxies } = environment;
  const address = clientAddress(headers, trustedProxies);
  if (!isExempt(address, trustedProxies)) await takeFromLimit(sql, limit, networkOf(address));
}
