import { and, eq, sql } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";

/** What tells of an order's clock beside its own row, for a query over orders that joins as `clockJoins` says. */
export const clockFacts = {
  report: {
    status: deliveryReports.status,
    deliverStatus: deliveryReports.deliverStatus,
    attempts: deliveryReports.attempts,
  },
  isRefunded: sql<boolean>`coalesce(is_refunded(receipts), false)`,
  pieces: sql<{
    shipped: number;
    of: number;
  }>`(SELECT json_build_object('shipped', sum(l.shipped), 'of', sum(l.quantity - l.dropped))
    FROM order_lines l WHERE l.order_id = ${orders.id})`,
};

export const clockJoins = {
  receipt: and(eq(receipts.orderId, orders.id), eq(receipts.verdict, "settling")),
  report: eq(deliveryReports.receiptId, receipts.id),
};
