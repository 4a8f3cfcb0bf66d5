import { countNotification } from "@/lib/health/metrics";
import { within } from "@/lib/http/within";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import type { PaymentReading } from "@/lib/wechat/payment-result";
import { accepted, answerWithinMs, type NotificationAnswer, refused } from "./answer";
import { dedupeKey } from "./dedupe-key";
import { keepFailed } from "./keep-failed";
import { keepStray } from "./keep-stray";
import type { Message } from "./message";
import { settlePayment } from "./settle-payment";

type Verified = Extract<PaymentReading, { kind: "verified" }>;

/**
 * Stores a payment notification and answers it. SUCCESS only for what is committed; a copy gets the first answer again.
 * Nothing here throws: whatever happens on our side is FAIL, and WeChat comes again.
 */
export async function receivePaymentResult(
  shop: Shop,
  reading: PaymentReading,
  message: Message,
): Promise<NotificationAnswer> {
  if (reading.kind === "verified") return settle(shop, reading, message);
  const verdict = reading.kind === "forged" ? "forged" : "malformed";
  await keepStray(shop, { kind: "payment", verdict, reason: reading.reason, answer: "FAIL", message });
  if (reading.kind !== "unreadable") return refused(reading.reason);
  return { status: reading.tooLarge ? 413 : 400, code: "FAIL", reason: reading.reason };
}

async function settle(
  shop: Shop,
  { result, signType }: Verified,
  message: Message,
): Promise<NotificationAnswer> {
  const { outTradeNo, transactionId, resultCode, totalFen, feeType, appId, mchId } = result;
  const key =
    message.dedupeKey ??
    dedupeKey("payment", [outTradeNo, transactionId, resultCode, totalFen, feeType, appId, mchId, signType]);
  try {
    const settlement = await within(
      answerWithinMs,
      settlePayment(shop, { source: "notification", signType, ...result }, { ...message, dedupeKey: key }),
    );
    countNotification("payment", settlement.verdict);
    if (settlement.queued) nudgeOutbox(shop.sql);
    return settlement.answer === "SUCCESS" ? accepted : refused(settlement.reason ?? settlement.verdict);
  } catch (error) {
    return keepFailed(shop, { kind: "payment", dedupeKey: key, outTradeNo, transactionId, message, error });
  }
}
