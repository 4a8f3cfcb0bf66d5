import { limitByAddress } from "@/lib/http/limit-by-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const perMember = { name: "uploads", points: 20, perS: 3600 }; // Six requests with all their pictures.
const perAddress = { name: "uploads_address", points: 100, perS: 3600 }; // Phones of one carrier share an address.

/** Counts one upload, whatever becomes of it: 429 over either limit. Loopback and trusted proxies have the first only. */
export async function limitUploads(shop: Shop, of: { memberId: number; headers: Headers }): Promise<void> {
  await limitByAddress(shop, of.headers, perAddress);
  await takeFromLimit(shop.sql, perMember, String(of.memberId));
}
