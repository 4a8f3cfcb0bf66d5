import { countNotification } from "@/lib/health/metrics";
import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import { settleRefund } from "@/lib/refunds/settle-refund";
import type { Shop } from "@/lib/shop";
import type { RefundReading, RefundResult } from "@/lib/wechat/refund-result";
import { accepted, answerWithinMs, type NotificationAnswer, refused } from "./answer";
import { dedupeKey } from "./dedupe-key";
import { keepStray } from "./keep-stray";
import type { Message } from "./message";
import { storeNotification } from "./store-notification";

/**
 * Stores a refund result, settles its refund and answers. SUCCESS only for what is committed; a copy gets the first
 * answer again. Nothing here throws: whatever happens on our side is FAIL, and WeChat comes again.
 */
export async function receiveRefundResult(
  shop: Shop,
  reading: RefundReading,
  message: Message,
): Promise<NotificationAnswer> {
  if (reading.kind === "verified") return settle(shop, reading.result, message);
  const verdict = reading.kind === "forged" ? "forged" : "malformed";
  await keepStray(shop, { kind: "refund", verdict, reason: reading.reason, answer: "FAIL", message });
  if (reading.kind !== "unreadable") return refused(reading.reason);
  return { status: reading.tooLarge ? 413 : 400, code: "FAIL", reason: reading.reason };
}

async function settle(shop: Shop, result: RefundResult, message: Message): Promise<NotificationAnswer> {
  const { outTradeNo, transactionId, outRefundNo } = result;
  const key = refundKey(result);
  try {
    const settlement = await within(
      answerWithinMs,
      settleRefund(shop, { source: "notification", ...result }, { dedupeKey: key, ...message }),
    );
    countNotification("refund", settlement.verdict);
    return settlement.answer === "SUCCESS" ? accepted : refused(settlement.reason ?? settlement.verdict);
  } catch (error) {
    log.error({ err: error, outRefundNo }, "a refund notification failed on our side");
    const stored = {
      kind: "refund",
      verdict: "failed",
      dedupeKey: key,
      answer: "FAIL",
      outTradeNo,
      transactionId,
    } as const;
    await within(500, storeNotification(shop, { ...stored, reason: "our own fault", message })).catch(() => {
      // The database is away: WeChat's retry is what is left, and it comes.
    });
    return refused("the shop could not store this notification, please send it again");
  }
}

/** The same message again, whatever its encryption and nonce. */
function refundKey(result: RefundResult): string {
  const { outTradeNo, transactionId, outRefundNo, refundId, status, refundFen, appId, mchId } = result;
  return dedupeKey("refund", [
    outTradeNo,
    transactionId,
    outRefundNo,
    refundId,
    status,
    refundFen,
    appId,
    mchId,
  ]);
}
