import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { giveContents } from "./give-contents";
import { type HeldContents, holdContents } from "./hold-contents";
import { lockOrder, type OrderRow } from "./lock-order";
import { raiseContentAlarm } from "./raise-content-alarm";
import { readPieces } from "./read-pieces";
import { recordDelivery } from "./record-delivery";

/**
 * The rule for virtual goods: when something is stored for every line that is left of a paid order, all of it is
 * delivered at once, its codes given for ever. What is missing raises an alarm and gives nothing; what has nothing
 * stored waits for a person, what is promised back for its refund. Again: nothing is left, nothing happens.
 */
export async function deliverVirtual(shop: Shop, orderId: number): Promise<void> {
  const now = shop.now();
  await shop.db.transaction(async (tx) => {
    const order = await lockOrder(tx, { orderId });
    if (order.kind !== "virtual" || order.status !== "paid") return;
    const { lines: pieces } = await readPieces(tx, orderId);
    const leaving = pieces.filter(({ left }) => left > 0);
    if (!leaving.length) return;
    if (leaving.some(({ goingBack }) => goingBack > 0)) return lookAgain(tx, orderId, now);

    const lines = leaving.map(({ variantId, left }) => ({ variantId, quantity: left }));
    const contents = await holdContents(tx, { lines, dataKey: shop.environment.dataKey });
    if (contents.without.length) return;
    if (contents.short.length || contents.unreadable.length) {
      await raiseAlarms(tx, shop, { order, contents });
      return lookAgain(tx, orderId, now);
    }
    const rule = {
      kind: "virtual",
      tracking: null,
      note: null,
      staffId: null,
      actor: "rule:virtual",
    } as const;
    const { id: deliveryId } = await recordDelivery(tx, { ...rule, orderId, lines, now, undoSeconds: 0 });
    await giveContents(tx, { deliveryId, held: contents.held, now });
  });
  nudgeOutbox(shop.sql);
}

/** The net: whatever happened meanwhile, also to DATA_KEY or to a refund, is noticed within the hour. */
async function lookAgain(tx: Tx, orderId: number, now: Date): Promise<void> {
  const runAt = new Date(now.getTime() + 3_600_000);
  await addJob(tx, {
    task: "deliver_virtual",
    payload: { orderId },
    key: `deliver_virtual:${orderId}`,
    runAt,
  });
}

async function raiseAlarms(
  tx: Tx,
  shop: Shop,
  { order, contents }: { order: OrderRow; contents: HeldContents },
): Promise<void> {
  const { dataKey } = shop.environment;
  for (const variantId of contents.short)
    await raiseContentAlarm(tx, { kind: "codes_empty", variantId, order, dataKey });
  for (const variantId of contents.unreadable)
    await raiseContentAlarm(tx, { kind: "content_unreadable", variantId, order, dataKey });
}
