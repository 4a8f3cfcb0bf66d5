import { desc, eq, inArray, sql } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";
import { refunds } from "@/lib/db/schema/refunds";
import type { Shop } from "@/lib/shop";
import { mostOrdersCounted } from "./list-members";

const atMost = 50;

export type RefundOfMember = Awaited<ReturnType<typeof listRefundsOfMember>>[number];

/** What goes or went back of a member's orders, whoever asked, newest first; 50 at most. */
export function listRefundsOfMember({ db }: Pick<Shop, "db">, memberId: number) {
  const newest = sql`(SELECT id FROM orders WHERE member_id = ${memberId} ORDER BY id DESC LIMIT ${mostOrdersCounted})`;
  return db
    .select({
      id: refunds.id,
      outRefundNo: refunds.outRefundNo,
      orderNo: orders.orderNo,
      status: refunds.status,
      refundFen: refunds.refundFen,
      reason: refunds.reason,
      refusal: refunds.refusal,
      createdAt: refunds.createdAt,
      settledAt: refunds.settledAt,
      manualPaidAt: refunds.manualPaidAt,
    })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(inArray(refunds.orderId, newest))
    .orderBy(desc(refunds.id))
    .limit(atMost);
}
