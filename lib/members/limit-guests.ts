import { limitByAddress } from "@/lib/http/limit-by-address";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";

/** Guests that fill no order form are rows too: as many a minute and address as orders. */
export async function limitGuestsByAddress(shop: Shop, headers: Headers): Promise<void> {
  const { ordersPerMinute } = await readSettings(shop.db);
  await limitByAddress(shop, headers, { name: "guests", points: ordersPerMinute, perS: 60 });
}
