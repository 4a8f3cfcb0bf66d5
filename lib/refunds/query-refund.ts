import { eq } from "drizzle-orm";
import { payments } from "@/lib/db/schema/payments";
import { receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { recordCall } from "@/lib/payments/record-call";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { type QueriedRefund, queryRefunds, type RefundQueryAnswer } from "@/lib/wechat/refund-query";
import type { SignType } from "@/lib/wechat/signature";
import type { ReceiptRow } from "./lock-refund";
import { settleRefund } from "./settle-refund";

/** `known`: WeChat has it, and what it says is applied. `not_found`: it was never submitted. */
export type RefundQueryOutcome = "known" | "not_found" | "unknown_result";

/**
 * Asks WeChat about one refund by its own number and applies the answer through the same statement as a notification.
 * Calls WeChat: never inside a transaction.
 */
export async function queryRefund(shop: Shop, refundId: number): Promise<RefundQueryOutcome> {
  const [refund] = await shop.db
    .update(refunds)
    .set({ queriedAt: shop.now() })
    .where(eq(refunds.id, refundId))
    .returning();
  if (!refund) return "not_found";
  const receipt = await readReceipt(shop, refund.receiptId);
  try {
    const answer = await recordCall(
      shop,
      { refund, call: "refundquery" },
      () =>
        queryRefunds(shop.merchant, {
          appId: receipt.appid,
          signType: receipt.signType,
          by: { outRefundNo: refund.outRefundNo },
        }),
      (found) => found?.refunds[0]?.status ?? "REFUNDNOTEXIST",
    );
    if (!answer) return "not_found";
    await settleAnswer(shop, receipt, answer);
    return "known";
  } catch (error) {
    if (error instanceof WechatError) return "unknown_result";
    throw error;
  }
}

/** The receipt that a refund hangs on, and what its payment was signed with. */
export async function readReceipt(
  shop: Shop,
  receiptId: number,
): Promise<ReceiptRow & { signType: SignType }> {
  const [row] = await shop.db
    .select({ receipt: receipts, signType: payments.signType })
    .from(receipts)
    .leftJoin(payments, eq(payments.id, receipts.paymentId))
    .where(eq(receipts.id, receiptId));
  if (!row) throw new Error(`receipt ${receiptId} is not there`);
  return { ...row.receipt, signType: row.signType ?? shop.environment.wechat.signType };
}

/**
 * Applies every refund of an answer, closed ones first, as they leave room for the others; one whose number we do not
 * know becomes a row of its own.
 */
export async function settleAnswer(
  shop: Shop,
  receipt: ReceiptRow,
  answer: RefundQueryAnswer,
): Promise<void> {
  const closedFirst = [...answer.refunds].sort((a, b) => Number(isClosed(b)) - Number(isClosed(a)));
  for (const one of closedFirst)
    await settleRefund(
      shop,
      {
        source: "query",
        appId: receipt.appid,
        mchId: receipt.mchId,
        outTradeNo: answer.outTradeNo,
        transactionId: answer.transactionId,
        outRefundNo: one.outRefundNo,
        refundId: one.refundId,
        status: one.status,
        totalFen: answer.totalFen,
        refundFen: one.refundFen,
        successAt: one.successAt,
        refundRecvAccout: one.refundRecvAccout,
      },
      null,
    );
}

function isClosed({ status }: QueriedRefund): boolean {
  return status === "REFUNDCLOSE";
}
