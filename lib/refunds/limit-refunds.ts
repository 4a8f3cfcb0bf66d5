import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const perMember = { name: "refunds", points: 60, perS: 3600 };

/** Asking and withdrawing in turns would fill the queue of those who decide: 429 over sixty requests an hour. */
export async function limitRefundRequests(shop: Shop, memberId: number): Promise<void> {
  await takeFromLimit(shop.sql, perMember, String(memberId));
}
