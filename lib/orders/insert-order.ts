import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { transitions } from "@/lib/db/schema/deeds";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import { largestFen } from "@/lib/wechat/fen";
import { newOrderNo } from "./order-no";
import type { PricedOrder } from "./price-orders";
import type { Good } from "./read-goods";
import type { Recipient } from "./recipient";

/** One order with its lines, its first transition and its expiry queued. Its stock is not held yet. */
export async function insertOrder(
  tx: Tx,
  of: {
    memberId: number;
    priced: PricedOrder<Good>;
    recipient: Recipient | null;
    note: string | null;
    placedWith: string | null;
    expiresMinutes: number;
    now: Date;
  },
): Promise<number> {
  const { kind, goods, goodsFen, freightFen, totalFen } = of.priced;
  if (totalFen > largestFen) throw new AppError("total_too_large", { largestTotalFen: largestFen });
  const expiresAt = new Date(of.now.getTime() + of.expiresMinutes * 60_000);

  const order = await insertNumbered(tx, {
    memberId: of.memberId,
    ...{ kind, goodsFen, freightFen, totalFen },
    recipient: of.recipient,
    phone: of.recipient?.phone ?? null,
    note: of.note,
    placedWith: of.placedWith,
    createdAt: of.now,
    expiresAt,
  });
  await tx.insert(orderLines).values(goods.map(({ kind: _, ...line }) => ({ ...line, orderId: order.id })));
  await tx.insert(transitions).values({
    entity: "order",
    entityId: order.id,
    orderId: order.id,
    event: "create",
    toStatus: "pending",
    actor: `buyer:${of.memberId}`,
    at: of.now,
  });
  await addJob(tx, {
    task: "close_order",
    payload: { orderId: order.id },
    runAt: expiresAt,
    key: `close_order:${order.id}`,
  });
  return order.id;
}

/** Two orders of one second may draw the same number: a thousand a second, once in two hundred such seconds. */
async function insertNumbered(
  tx: Tx,
  order: Omit<typeof orders.$inferInsert, "orderNo"> & { createdAt: Date },
): Promise<{ id: number }> {
  for (let draw = 0; draw < 5; draw++) {
    const [inserted] = await tx
      .insert(orders)
      .values({ ...order, orderNo: newOrderNo(order.createdAt) })
      .onConflictDoNothing({ target: orders.orderNo })
      .returning({ id: orders.id });
    if (inserted) return inserted;
  }
  throw new Error("no order number was free");
}
