import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { liveRefundStatuses, type RefundStatus } from "@/lib/refunds/state";
import type { Shop } from "@/lib/shop";

const pageSize = 20;

export type OwnOrder = Pick<typeof orders.$inferSelect, "orderNo" | "status" | "totalFen" | "createdAt"> & {
  lines: { title: string; image: string | null; quantity: number }[];
  /** What of its money is on its way back or back already; what ended without money is not told here. */
  refund: "underway" | "part" | "whole" | null;
};

/** A member's own orders, newest first. `before` is the `nextBefore` of the page before: an order number. */
export async function listOwnOrders(
  shop: Shop,
  of: { memberId: number; before: string | null },
): Promise<{ items: OwnOrder[]; nextBefore: string | null }> {
  const page = await shop.db
    .select()
    .from(orders)
    .where(
      and(eq(orders.memberId, of.memberId), of.before === null ? undefined : lt(orders.orderNo, of.before)),
    )
    .orderBy(desc(orders.orderNo)) // Sorts by time, and unlike an id may stand in an address.
    .limit(pageSize + 1);
  const shown = page.slice(0, pageSize);
  const ids = shown.map((order) => order.id);
  const [lines, back] = ids.length ? await Promise.all([linesOf(shop, ids), refundsOf(shop, ids)]) : [[], []];
  return {
    items: shown.map(({ id, orderNo, status, totalFen, createdAt }) => ({
      orderNo,
      status,
      totalFen,
      createdAt,
      lines: lines.filter((line) => line.orderId === id),
      refund: refundOf(
        totalFen,
        back.filter((refund) => refund.orderId === id),
      ),
    })),
    nextBefore: page.length > pageSize ? (shown.at(-1)?.orderNo ?? null) : null,
  };
}

async function linesOf(shop: Shop, orderIds: number[]) {
  return shop.db
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, orderIds))
    .orderBy(orderLines.variantId);
}

/** Of what settled the order: money that came in beyond it goes back without a word here. */
async function refundsOf(shop: Shop, orderIds: number[]) {
  return shop.db
    .select({
      orderId: refunds.orderId,
      status: refunds.status,
      refundFen: refunds.refundFen,
      paidAt: refunds.manualPaidAt,
    })
    .from(refunds)
    .innerJoin(receipts, eq(receipts.id, refunds.receiptId))
    .where(
      and(
        inArray(refunds.orderId, orderIds),
        eq(receipts.verdict, "settling"),
        inArray(refunds.status, [...liveRefundStatuses]),
      ),
    );
}

type LiveRefund = { status: RefundStatus; refundFen: number; paidAt: Date | null };

function refundOf(totalFen: number, live: LiveRefund[]): OwnOrder["refund"] {
  if (live.length === 0) return null;
  const back = live.filter(({ status, paidAt }) => status === "succeeded" || paidAt !== null);
  if (back.length < live.length) return "underway";
  return back.reduce((sum, { refundFen }) => sum + refundFen, 0) >= totalFen ? "whole" : "part";
}
