import { countNotification } from "@/lib/health/metrics";
import { within } from "@/lib/http/within";
import { settleRefund } from "@/lib/refunds/settle-refund";
import type { Shop } from "@/lib/shop";
import type { RefundReading, RefundResult } from "@/lib/wechat/refund-result";
import { accepted, answerWithinMs, type NotificationAnswer, refused } from "./answer";
import { dedupeKey } from "./dedupe-key";
import { keepFailed } from "./keep-failed";
import { keepStray } from "./keep-stray";
import type { Message } from "./message";

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
  const { outTradeNo, transactionId } = result;
  const key = message.dedupeKey ?? refundKey(result);
  try {
    const settlement = await within(
      answerWithinMs,
      settleRefund(shop, { source: "notification", ...result }, { ...message, dedupeKey: key }),
    );
    countNotification("refund", settlement.verdict);
    return settlement.answer === "SUCCESS" ? accepted : refused(settlement.reason ?? settlement.verdict);
  } catch (error) {
    return keepFailed(shop, { kind: "refund", dedupeKey: key, outTradeNo, transactionId, message, error });
  }
}

/** The same message again, whatever its encryption and nonce. */
function refundKey(result: RefundResult): string {
  const { outTradeNo, transactionId, outRefundNo, refundId, status, totalFen, refundFen, appId, mchId } =
    result;
  return dedupeKey("refund", [
    outTradeNo,
    transactionId,
    outRefundNo,
    refundId,
    status,
    totalFen,
    refundFen,
    appId,
    mchId,
  ]);
}
