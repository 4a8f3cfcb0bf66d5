import { and, eq, inArray, sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import type { Db, Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { closePayment } from "@/lib/payments/close-payment";
import type { Shop } from "@/lib/shop";
import { releaseStock } from "./release-stock";

/**
 * Ends an order that is past its time, or was cancelled: ask WeChat about each payment, close it there, and only then
 * close the order and release its stock. Runs as a job, as often as it takes; any step may find the money instead.
 */
export async function closeOrder(shop: Shop, orderId: number): Promise<void> {
  if (!(await startClosing(shop, orderId))) return;

  const unfinished = await shop.db
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.orderId, orderId), inArray(payments.status, ["created", "open"])))
    .orderBy(payments.id);
  const waits: Date[] = [];
  for (const payment of unfinished) {
    const outcome = await closePayment(shop, payment.id);
    if (outcome.kind === "paid") return; // The order is paid by it: what is left is closed as its other numbers.
    if (outcome.kind === "later") waits.push(outcome.at); // One that must wait does not keep the others payable.
  }
  const [soonest] = waits.sort((a, b) => a.getTime() - b.getTime());
  if (soonest) return tryAgain(shop.db, orderId, soonest);
  await finishClosing(shop, orderId);
}

/** True when the order is closing now, by this call or an earlier one. */
async function startClosing(shop: Shop, orderId: number): Promise<boolean> {
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for("no key update");
    if (order?.status === "closing") return true;
    if (order?.status !== "pending") return false;
    if (order.expiresAt > now) {
      await addJob(tx, {
        task: "close_order",
        payload: { orderId },
        key: `close_order:${orderId}`,
        runAt: order.expiresAt,
      });
      return false;
    }
    const sent = await tx.$count(payments, eq(payments.orderId, orderId));
    const by = {
      entity: "order",
      id: orderId,
      actor: "job:close_order",
      at: now,
      set: sql`closed_reason = 'expired'`,
    } as const;
    if (sent > 0) return move(tx, { ...by, event: "startClosing" });
    await move(tx, { ...by, event: "close" });
    await releaseStock(tx, orderId);
    return false;
  });
}

async function finishClosing(shop: Shop, orderId: number): Promise<void> {
  const now = shop.now();
  await shop.db.transaction(async (tx) => {
    await tx.select({ id: orders.id }).from(orders).where(eq(orders.id, orderId)).for("no key update");
    const unfinished = await tx.$count(
      payments,
      and(eq(payments.orderId, orderId), inArray(payments.status, ["created", "open"])),
    );
    if (unfinished > 0) return tryAgain(tx, orderId, now);
    const closed = await move(tx, {
      entity: "order",
      event: "close",
      id: orderId,
      actor: "job:close_order",
      at: now,
    });
    if (closed) await releaseStock(tx, orderId);
  });
}

async function tryAgain(db: Db | Tx, orderId: number, runAt: Date): Promise<void> {
  await addJob(db, { task: "close_order", payload: { orderId }, key: `close_order:${orderId}`, runAt });
}
