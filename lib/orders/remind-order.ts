import { and, eq, sql } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";

/**
 * A buyer asks for a paid order to be shipped: counted on the order, and told to open desks. Once in so many hours (a
 * setting), else 429 with the time to wait; `not_remindable` when nothing is left to ship, `not_found`.
 */
export async function remindOrder(
  shop: Shop,
  of: { orderNo: string; memberId: number },
): Promise<{ reminders: number; remindFrom: Date }> {
  const now = shop.now();
  const { remindEveryHours } = await readSettings(shop.db);
  const reminders = await shop.db.transaction(async (tx) => {
    const [order] = await tx
      .select()
      .from(orders)
      .where(and(eq(orders.orderNo, of.orderNo), eq(orders.memberId, of.memberId)))
      .for("no key update");
    if (!order) throw new AppError("not_found");
    const left = await tx.$count(
      orderLines,
      and(
        eq(orderLines.orderId, order.id),
        sql`${orderLines.quantity} > ${orderLines.shipped} + ${orderLines.dropped}`,
      ),
    );
    if (order.status !== "paid" || left === 0)
      throw new AppError("not_remindable", { orderStatus: order.status });
    const waitMs = remindFrom(order, remindEveryHours).getTime() - now.getTime();
    if (waitMs > 0) throw new AppError("too_many_requests", { retryAfterS: waitMs / 1000 });
    await tx
      .update(orders)
      .set({ reminders: order.reminders + 1, remindedAt: now })
      .where(eq(orders.id, order.id));
    return order.reminders + 1;
  });
  await signalDesk(shop.sql, { type: "reminder", orderNo: of.orderNo });
  return { reminders, remindFrom: remindFrom({ remindedAt: now, createdAt: now }, remindEveryHours) };
}

/** Since when the buyer may ask (again). */
export function remindFrom(
  order: Pick<typeof orders.$inferSelect, "remindedAt" | "createdAt">,
  everyHours: number,
): Date {
  return order.remindedAt === null
    ? order.createdAt
    : new Date(order.remindedAt.getTime() + everyHours * 3_600_000);
}
