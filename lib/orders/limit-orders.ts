import { limitByAddress } from "@/lib/http/limit-by-address";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";

/** By address only a rate: many honest buyers share one. What one buyer may hold unpaid is counted by member and phone. */
export async function limitOrdersByAddress(shop: Shop, headers: Headers): Promise<void> {
  const { ordersPerMinute } = await readSettings(shop.db);
  await limitByAddress(shop, headers, { name: "orders", points: ordersPerMinute, perS: 60 });
}
