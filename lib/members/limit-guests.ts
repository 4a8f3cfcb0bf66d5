import { clientAddress, isExempt, networkOf } from "@/lib/http/client-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";

/** Guests that fill no order form are rows too: as many a minute and address as orders. */
export async function limitGuestsByAddress(shop: Shop, headers: Headers): Promise<void> {
  const { trustedProxies } = shop.environment;
  const address = clientAddress(headers, trustedProxies);
  if (isExempt(address, trustedProxies)) return;
  const { ordersPerMinute } = await readSettings(shop.db);
  await takeFromLimit(shop.sql, { name: "guests", points: ordersPerMinute, perS: 60 }, networkOf(address));
}
