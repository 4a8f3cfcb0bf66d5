import { asc, inArray, sql } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { readManyPieces } from "@/lib/deliveries/read-pieces";
import { maskRecipient } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";

export type PrintedOrder = Awaited<ReturnType<typeof readOrdersToPrint>>[number];

/**
 * What sheets, slips and receipts say of some orders, in the order of their numbers in `orderNos`; recipients masked,
 * numbers that are none left out. `receipts` and `refunds` are what came in and went back for good, surplus too.
 */
export async function readOrdersToPrint({ db }: Pick<Shop, "db">, orderNos: string[]) {
  if (orderNos.length === 0) return [];
  const rows = await db.select().from(orders).where(inArray(orders.orderNo, orderNos));
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [lines, money, gone, pieces] = await Promise.all([
    db.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.variantId)),
    db.select(shownOfReceipt).from(receipts).where(inArray(receipts.orderId, ids)).orderBy(asc(receipts.id)),
    db
      .select(shownOfRefund)
      .from(refunds)
      .where(
        sql`${inArray(refunds.orderId, ids)} AND (${refunds.status} = 'succeeded' OR ${refunds.manualPaidAt} IS NOT NULL)`,
      )
      .orderBy(asc(refunds.id)),
    readManyPieces(db, ids),
  ]);
  return rows
    .sort((a, b) => orderNos.indexOf(a.orderNo) - orderNos.indexOf(b.orderNo))
    .map(({ recipient, phone: _, ...order }) => ({
      ...order,
      recipient: recipient && maskRecipient(recipient),
      lines: lines
        .filter(({ orderId }) => orderId === order.id)
        .map((line) => {
          const of = pieces.get(order.id)?.lines.find(({ variantId }) => variantId === line.variantId);
          return { ...line, toShip: of ? of.left - of.goingBack : 0 };
        }),
      receipts: money.filter(({ orderId }) => orderId === order.id),
      refunds: gone.filter(({ orderId }) => orderId === order.id),
    }));
}

const shownOfReceipt = {
  orderId: receipts.orderId,
  transactionId: receipts.transactionId,
  verdict: receipts.verdict,
  totalFen: receipts.totalFen,
  paidAt: receipts.paidAt,
};

const shownOfRefund = {
  orderId: refunds.orderId,
  outRefundNo: refunds.outRefundNo,
  refundFen: refunds.refundFen,
  at: sql<Date>`coalesce(${refunds.settledAt}, ${refunds.manualPaidAt})`.mapWith(refunds.createdAt),
};
