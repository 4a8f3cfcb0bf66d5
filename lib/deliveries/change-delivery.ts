import type { SQL } from "drizzle-orm";
import type { AuditAction } from "@/lib/audit/write-entry";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { AppError } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { announceDelivery } from "./announce-delivery";
import { type DeliveryRow, lockDelivery } from "./lock-order";
import type { DeliveryEvent } from "./state";

type Locked = Awaited<ReturnType<typeof lockDelivery>>;
type Deed = { action: AuditAction; before?: Record<string, unknown>; after?: Record<string, unknown> };

/**
 * What every change of a delivery by a person has in common: locks, the deed itself, its audit entry and what follows,
 * in one transaction. `deed` throws when it may not, and nothing has happened then; null: there was nothing to change.
 */
export async function changeDelivery(
  shop: Shop,
  of: { deliveryId: number; by: Person },
  deed: (tx: Tx, locked: Locked) => Promise<Deed | null>,
): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const locked = await lockDelivery(tx, of.deliveryId);
    const done = await deed(tx, locked);
    if (!done) return;
    await writeEntry(tx, {
      ...of.by,
      ...done,
      subject: "delivery",
      subjectId: locked.delivery.id,
      orderId: locked.order.id,
      at: shop.now(),
    });
    await announceDelivery(tx, { orderId: locked.order.id, now: shop.now() });
  });
  nudgeOutbox(shop.sql);
}

/** A move by a person; `delivery_ended` when the delivery is not on its way any more. */
export async function moveDelivery(
  tx: Tx,
  of: { delivery: DeliveryRow; event: DeliveryEvent; by: Person; at: Date; set: SQL },
): Promise<void> {
  const { delivery, event, by, at, set } = of;
  const actor = `staff:${by.staffId}`;
  const moved = await move(tx, { entity: "delivery", event, id: delivery.id, actor, at, set });
  if (!moved) throw new AppError("delivery_ended", { deliveryStatus: delivery.status });
}
