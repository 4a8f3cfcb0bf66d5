import type { Shop } from "@/lib/shop";
import { clientAddress, isExempt, networkOf } from "./client-address";
import { type RateLimit, takeFromLimit } from "./rate-limit";

/**
 * Counts one call against what one address may do, the /64 of an IPv6 subscriber as one: `too_many_requests` over it.
 * Loopback and trusted proxies are not counted.
 */
export async function limitByAddress(
  { sql, environment }: Pick<Shop, "sql" | "environment">,
  caller: Headers | string,
  limit: RateLimit,
): Promise<void> {
  const { trustedProxies } = environment;
  const address = typeof caller === "string" ? caller : clientAddress(caller, trustedProxies);
  if (!isExempt(address, trustedProxies)) await takeFromLimit(sql, limit, networkOf(address));
}
