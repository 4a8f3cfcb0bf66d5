import { and, eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { orders } from "@/lib/db/schema/orders";
import { deliveryReports } from "@/lib/db/schema/reports";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { lockOrder, type OrderRow } from "./lock-order";

const longestMs = 60 * 24 * 60 * 60_000; // From the payment on: beyond that nobody remembers what was agreed.

/**
 * Gives an order more or less time, with a reason; WeChat's own clock does not move. `deadline_ended` when its clock does
 * not run, `deadline_invalid` for a time that is over or too far away.
 */
export async function moveDeadline(
  shop: Shop,
  of: { orderNo: string; to: Date; reason: string | null; by: Person },
): Promise<void> {
  const reason = readNote(of.reason);
  const now = shop.now();
  await shop.db.transaction(async (tx) => {
    const order = await lockOrder(tx, of);
    const { id, deliverBy, paidAt } = order;
    if (!deliverBy || !paidAt || order.clockEndedAt) throw new AppError("deadline_ended");
    const isWithin = of.to > now && of.to.getTime() <= paidAt.getTime() + longestMs;
    if (!isWithin) throw new AppError("deadline_invalid"); // Also a time that is none.
    if (of.to.getTime() === deliverBy.getTime()) return;

    await tx.update(orders).set({ deliverBy: of.to }).where(eq(orders.id, id));
    await takeBackLevels(tx, { ...order, deliverBy: of.to }, now);
    await keepReportInTime(tx, { orderId: id, by: of.by, now });
    await writeEntry(tx, {
      ...of.by,
      action: "order.move_deadline",
      subject: "order",
      subjectId: id,
      orderId: id,
      at: now,
      before: { deliverBy: deliverBy.toISOString() },
      after: { deliverBy: of.to.toISOString(), reason },
    });
  });
  await signalDesk(shop.sql, { type: "board" });
}

/** Levels that lie ahead again are told when they pass once more; alarms that stay say the new deadline. */
async function takeBackLevels(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`
    WITH ahead AS (DELETE FROM escalations e USING orders o
      WHERE e.order_id = ${order.id} AND o.id = e.order_id AND e.level > percent_over(o.paid_at, o.deliver_by, ${at})
      RETURNING deadline_alarm_key(o.id, e.level) AS key)
    SELECT resolve_alarms(coalesce(array_agg(key), '{}'), ${at}) FROM ahead`);
  await tx.execute(sql`
    UPDATE alarms a SET facts = a.facts || jsonb_build_object('deliverBy', ${order.deliverBy?.toISOString()}::text)
      FROM escalations e WHERE e.order_id = ${order.id} AND a.status <> 'resolved'
        AND a.dedupe_key = deadline_alarm_key(e.order_id, e.level)`);
}

/** A report that nobody has tried waits for the end of the undo window, but goes a little before the deadline. */
async function keepReportInTime(tx: Tx, of: { orderId: number; by: Person; now: Date }): Promise<void> {
  const untried = and(
    eq(deliveryReports.orderId, of.orderId),
    eq(deliveryReports.status, "queued"),
    eq(deliveryReports.attempts, 0),
  );
  const waiting = await tx.select({ id: deliveryReports.id }).from(deliveryReports).where(untried);
  if (waiting.length === 0) return;
  const now = sql`${of.now.toISOString()}::timestamptz`;
  await tx.execute(
    sql`SELECT conclude_delivery(${of.orderId}, ${`staff:${of.by.staffId}`}, ${now}, undo_ends(${of.orderId}, ${now}))`,
  );
}
