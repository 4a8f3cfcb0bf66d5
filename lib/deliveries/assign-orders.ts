import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { orders } from "@/lib/db/schema/orders";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { isAllowed } from "@/lib/staff/rights";

const atMost = 200;

/**
 * Gives orders to somebody to pack, or to nobody. `assigned` are theirs now, whoever had them before; `ended` have no
 * running clock any more, or are none, and are left alone. `person_unknown` for who does not ship.
 */
export async function assignOrders(
  shop: Shop,
  of: { orderNos: string[]; to: number | null; by: Person },
): Promise<{ assigned: string[]; ended: string[] }> {
  const orderNos = [...new Set(of.orderNos)];
  if (orderNos.length > atMost) throw new AppError("malformed", { limit: atMost });
  const found = await shop.db.transaction(async (tx) => {
    if (of.to !== null) await requirePacker(tx, of.to);
    const rows = await lockOrders(tx, orderNos);
    const changed = rows.filter((order) => order.assignedTo !== of.to);
    if (changed.length > 0)
      await tx
        .update(orders)
        .set({ assignedTo: of.to })
        .where(
          inArray(
            orders.id,
            changed.map((order) => order.id),
          ),
        );
    for (const order of changed)
      await writeEntry(tx, {
        ...of.by,
        action: "order.assign",
        subject: "order",
        subjectId: order.id,
        orderId: order.id,
        at: shop.now(),
        before: { assignedTo: order.assignedTo },
        after: { assignedTo: of.to },
      });
    return new Set(rows.map((order) => order.orderNo));
  });
  await signalDesk(shop.sql, { type: "board" });
  return {
    assigned: orderNos.filter((orderNo) => found.has(orderNo)),
    ended: orderNos.filter((orderNo) => !found.has(orderNo)),
  };
}

async function requirePacker(tx: Tx, staffId: number): Promise<void> {
  const [person] = Number.isSafeInteger(staffId)
    ? await tx
        .select({ role: staff.role })
        .from(staff)
        .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)))
        .for("key share")
    : [];
  if (!person || !isAllowed(person.role, "orders.ship")) throw new AppError("person_unknown");
}

/** Those of them whose clock runs, in the order of their ids: two people who assign wait in no circle. */
async function lockOrders(tx: Tx, orderNos: string[]) {
  const rows = await tx
    .select()
    .from(orders)
    .where(inArray(orders.orderNo, orderNos))
    .orderBy(asc(orders.id))
    .for("no key update");
  return rows.filter((order) => order.deliverBy !== null && order.clockEndedAt === null);
}
