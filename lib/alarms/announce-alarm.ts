import { eq } from "drizzle-orm";
import { alarms } from "@/lib/db/schema/alarms";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import { tellStaff } from "./tell-staff";

/** What follows when an alarm is opened: every open desk shows it, and staff elsewhere are told of what costs money or time. */
export async function announceAlarm(shop: Shop, alarmId: number): Promise<void> {
  const [alarm] = await shop.db.select().from(alarms).where(eq(alarms.id, alarmId));
  if (!alarm) return;
  if (alarm.status !== "resolved") await tellStaff(shop, alarm);
  await signalDesk(shop.sql, alarm.status === "open" ? { type: "alarm", isNew: true } : { type: "alarm" });
}
