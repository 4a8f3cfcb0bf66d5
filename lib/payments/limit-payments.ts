import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const perMember = { name: "payments", points: 150, perS: 600 }; // A script of somebody's own, or a hundred presses at once, still gets its answers.

/** Each press asks WeChat, which counts the whole shop's calls, and leaves rows that are kept: 429 over 150 in ten minutes. */
export async function limitPayments(shop: Shop, memberId: number): Promise<void> {
  await takeFromLimit(shop.sql, perMember, String(memberId));
}
