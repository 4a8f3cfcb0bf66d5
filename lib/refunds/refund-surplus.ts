import { and, eq } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import { announceRefund } from "./announce-refund";
import { approveNow } from "./approve-now";
import { insertRefund } from "./insert-refund";
import { lockReceipt } from "./lock-refund";
import { refundableFen } from "./refundable";

/**
 * Money beyond what was owed goes back by itself: a refund of all that is left of the receipt, asked for and approved by
 * the rule. Runs as a job, perhaps twice: the rule asks once. When WeChat gives that refund up, a person asks again.
 */
export async function refundSurplus(shop: Shop, receiptId: number): Promise<void> {
  const [of] = await shop.db
    .select({ orderNo: orders.orderNo })
    .from(receipts)
    .leftJoin(orders, eq(orders.id, receipts.orderId))
    .where(eq(receipts.id, receiptId));
  await shop.db.transaction(async (tx) => {
    const { receipt } = await lockReceipt(tx, receiptId);
    const byRule = and(eq(refunds.receiptId, receiptId), eq(refunds.source, "shop"));
    const earlier = await tx.$count(refunds, byRule);
    const left = await refundableFen(tx, receiptId);
    if (receipt.verdict !== "surplus" || earlier > 0 || left === 0) return;
    const now = shop.now();
    const actor = "rule:surplus";
    const refund = await insertRefund(tx, {
      receipt,
      source: "shop",
      actor,
      refundFen: left,
      reason: "surplus",
      now,
    });
    await approveNow(tx, { refund, actor, staffId: null, undoSeconds: 0, now });
    await announceRefund(tx, refund, now);
  });
  if (of?.orderNo) await signalDesk(shop.sql, { type: "surplus_received", orderNo: of.orderNo });
}
