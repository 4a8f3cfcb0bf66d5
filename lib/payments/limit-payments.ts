import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const perMember = { name: "payments", points: 30, perS: 600 }; // Nobody in need presses every twenty seconds for ten minutes.

/** Each press asks WeChat, which counts the whole shop's calls, and leaves rows that are kept: 429 over thirty in ten minutes. */
export async function limitPayments(shop: Shop, memberId: number): Promise<void> {
  await takeFromLimit(shop.sql, perMember, String(memberId));
}
