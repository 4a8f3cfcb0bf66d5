import { and, desc, eq, sql } from "drizzle-orm";
import { auditEntries } from "@/lib/db/schema/audit";
import { orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { clockOf } from "./clock";
import { clockFacts, clockJoins } from "./clock-facts";

export type ShownClock = Awaited<ReturnType<typeof readClock>>;

/** An order's clock as its page shows it: who packs it, how often its buyer asked, and who moved the deadline last. */
export async function readClock({ db }: Shop, orderId: number) {
  const [rows, moves] = await Promise.all([
    db
      .select({
        kind: orders.kind,
        closedReason: orders.closedReason,
        deliverBy: orders.deliverBy,
        clockEndedAt: orders.clockEndedAt,
        reminders: orders.reminders,
        remindedAt: orders.remindedAt,
        person: staff.name,
        ...clockFacts,
      })
      .from(orders)
      .leftJoin(staff, eq(staff.id, orders.assignedTo))
      .leftJoin(receipts, clockJoins.receipt)
      .leftJoin(deliveryReports, clockJoins.report)
      .where(eq(orders.id, orderId)),
    db
      .select({
        by: staff.name,
        at: auditEntries.at,
        from: sql<Date>`(${auditEntries.before}->>'deliverBy')::timestamptz`.mapWith(auditEntries.at),
        reason: sql<string>`${auditEntries.after}->>'reason'`,
      })
      .from(auditEntries)
      .leftJoin(staff, eq(staff.id, auditEntries.staffId))
      .where(and(eq(auditEntries.orderId, orderId), eq(auditEntries.action, "order.move_deadline")))
      .orderBy(desc(auditEntries.id))
      .limit(1),
  ]);
  const [order] = rows;
  if (!order) throw new Error("the order is gone");
  const { person, reminders, remindedAt } = order;
  return { clock: clockOf(order), person, reminders, remindedAt, moved: moves[0] ?? null };
}
