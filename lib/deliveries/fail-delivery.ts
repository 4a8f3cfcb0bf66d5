import { sql } from "drizzle-orm";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { changeDelivery, moveDelivery } from "./change-delivery";
import { concludeDelivery } from "./conclude-delivery";
import { raiseFailure } from "./failure-alarm";

/**
 * A parcel was lost, refused or came back. Its pieces stay counted as shipped until they are sent once more or refunded;
 * an alarm stands until then. `reason_required`, `delivery_ended`.
 */
export async function failDelivery(
  shop: Shop,
  of: { deliveryId: number; by: Person; reason: string | null },
): Promise<void> {
  const reason = readNote(of.reason);
  const { deliveryUndoSeconds: undoSeconds } = await readSettings(shop.db);
  await changeDelivery(shop, of, async (tx, { order, delivery }) => {
    const now = shop.now();
    const set = sql`fail_reason = ${reason}, failed_at = ${now.toISOString()}::timestamptz`;
    await moveDelivery(tx, { delivery, event: "fail", by: of.by, at: now, set });
    await raiseFailure(tx, delivery);
    await concludeDelivery(tx, { orderId: order.id, actor: `staff:${of.by.staffId}`, now, undoSeconds });
    return { action: "delivery.fail" };
  });
}
