import { and, eq, notInArray } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { refunds } from "@/lib/db/schema/refunds";
import type { Shop } from "@/lib/shop";
import { queryAllRefunds } from "@/lib/wechat/refund-query";
import type { ReceiptRow } from "./lock-refund";
import { readReceipt, settleAnswer } from "./query-refund";

/**
 * Asks WeChat for every refund of a receipt, page by page: those that were made in the portal, and whose notification
 * never came, become rows. Throws `WechatError`; as a job it is run again.
 */
export async function findRefunds(shop: Shop, receiptId: number): Promise<void> {
  const receipt = await readReceipt(shop, receiptId);
  const answer = await queryAllRefunds(shop.merchant, {
    appId: receipt.appid,
    signType: receipt.signType,
    transactionId: receipt.transactionId,
  });
  if (answer) await settleAnswer(shop, receipt, answer);
  await doubtOthers(shop, receipt, answer?.refunds.map(({ outRefundNo }) => outRefundNo) ?? []);
}

/** A notification is not signed, and of the portal's refunds nothing else told us: one that WeChat does not know is for a person. */
async function doubtOthers(shop: Shop, receipt: ReceiptRow, known: string[]): Promise<void> {
  const others = await shop.db
    .select({ outRefundNo: refunds.outRefundNo, refundFen: refunds.refundFen })
    .from(refunds)
    .where(
      and(
        eq(refunds.receiptId, receipt.id),
        eq(refunds.source, "portal"),
        notInArray(refunds.outRefundNo, known),
      ),
    );
  for (const { outRefundNo, refundFen } of others)
    await raiseAlarm(shop.db, {
      kind: "refund_mismatch",
      dedupeKey: `refund_mismatch:${outRefundNo}`,
      orderId: receipt.orderId,
      facts: { outRefundNo, refundFen, source: "query", reason: "WeChat knows of no such refund" },
    });
}
