import { clientAddress, isExempt, networkOf } from "@/lib/http/client-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";

/** By address only a rate: many honest buyers share one. What one buyer may hold unpaid is counted by member and phone. */
export async function limitOrdersByAddress(shop: Shop, headers: Headers): Promise<void> {
  const { trustedProxies } = shop.environment;
  const address = clientAddress(headers, trustedProxies);
  if (isExempt(address, trustedProxies)) return;
  const { ordersPerMinute } = await readSettings(shop.db);
  await takeFromLimit(shop.sql, { name: "orders", points: ordersPerMinute, perS: 60 }, networkOf(address));
}
