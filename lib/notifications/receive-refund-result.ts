import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import type { Shop } from "@/lib/shop";
import type { RefundReading, RefundResult } from "@/lib/wechat/refund-result";
import { accepted, answerWithinMs, type NotificationAnswer, refused } from "./answer";
import { dedupeKey } from "./dedupe-key";
import { isOurs } from "./is-ours";
import { keepStray } from "./keep-stray";
import type { Message } from "./message";
import { storeNotification } from "./store-notification";

/** Stores a refund result and answers it. What it does to the refund is applied from the stored row. */
export async function receiveRefundResult(
  shop: Shop,
  reading: RefundReading,
  message: Message,
): Promise<NotificationAnswer> {
  if (reading.kind === "verified") return store(shop, reading.result, message);
  const verdict = reading.kind === "forged" ? "forged" : "malformed";
  await keepStray(shop, { kind: "refund", verdict, reason: reading.reason, answer: "FAIL", message });
  if (reading.kind !== "unreadable") return refused(reading.reason);
  return { status: reading.tooLarge ? 413 : 400, code: "FAIL", reason: reading.reason };
}

async function store(shop: Shop, result: RefundResult, message: Message): Promise<NotificationAnswer> {
  const { outTradeNo, transactionId, outRefundNo, refundId, status, refundFen, appId, mchId } = result;
  const key = dedupeKey("refund", [
    outTradeNo,
    transactionId,
    outRefundNo,
    refundId,
    status,
    refundFen,
    appId,
    mchId,
  ]);
  const of = { kind: "refund", dedupeKey: key, outTradeNo, transactionId, message } as const;
  const keep = async () => {
    const ours = await isOurs(shop, { appId, mchId, outTradeNo });
    return storeNotification(
      shop,
      ours
        ? { ...of, verdict: "stored", answer: "SUCCESS" }
        : { ...of, verdict: "not_ours", answer: "FAIL", reason: "appid or mch_id is not ours" },
    );
  };
  try {
    const stored = await within(answerWithinMs, keep());
    return stored.answer === "SUCCESS" ? accepted : refused("appid or mch_id is not ours");
  } catch (error) {
    log.error({ err: error, outTradeNo }, "a refund notification could not be stored");
    return refused("the shop could not store this notification, please send it again");
  }
}
