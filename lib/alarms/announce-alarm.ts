import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";

/** What follows when an alarm is opened: every open desk shows it. */
export async function announceAlarm(shop: Shop): Promise<void> {
  await signalDesk(shop.sql, { type: "alarm" });
}
