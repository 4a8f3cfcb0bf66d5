import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import { findReporter } from "./delivery-reporter";
import { endReport } from "./end-report";
import { lockReport } from "./lock-report";

/** The channel does not cover this receipt, or there is none: nothing is owed, and the row says so. */
export async function waiveReport(shop: Shop, receiptId: number): Promise<void> {
  const orderNo = await shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, receiptId);
    if (!owed || findReporter(shop.environment.wechat, owed) !== "waive") return null;
    const ended = await endReport(tx, owed, { event: "waive", at: shop.now() });
    return ended ? (owed.order?.orderNo ?? null) : null;
  });
  if (orderNo) await signalDesk(shop.sql, { type: "delivery", orderNo });
}
