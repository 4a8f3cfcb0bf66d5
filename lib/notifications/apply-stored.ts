import { eq } from "drizzle-orm";
import { notifications } from "@/lib/db/schema/notifications";
import type { Shop } from "@/lib/shop";
import { replayNotification } from "./replay-notification";

/**
 * Judges a notification that was only stored and answered SUCCESS: WeChat does not come again with it. Throws while our
 * side fails, so that the job is run again.
 */
export async function applyStored(shop: Shop, id: number): Promise<void> {
  await replayNotification(shop, id);
  const [row] = await shop.db
    .select({ verdict: notifications.verdict })
    .from(notifications)
    .where(eq(notifications.id, id));
  if (row?.verdict === "stored" || row?.verdict === "failed")
    throw new Error("the stored notification was not applied");
}
