import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";

const perMember = { name: "reminders", points: 30, perS: 3600 };

/** Many orders of one buyer must not flood the desk either: 429 over thirty an hour. */
export async function limitReminders(shop: Shop, memberId: number): Promise<void> {
  await takeFromLimit(shop.sql, perMember, String(memberId));
}
