import { log } from "@/lib/http/log";
import type { Shop } from "@/lib/shop";
import type { PushReading } from "@/lib/wechat/push";
import { dedupeKey } from "./dedupe-key";
import { keepStray } from "./keep-stray";
import type { Message } from "./message";
import { storeNotification } from "./store-notification";

/** Stores a pushed event once; what it causes is the work of its noun. */
export async function receivePush(
  shop: Shop,
  reading: PushReading,
  message: Message,
): Promise<{ status: number; text: string }> {
  if (reading.kind !== "verified") {
    const verdict = reading.kind === "forged" ? "forged" : "malformed";
    await keepStray(shop, { kind: "push", verdict, reason: reading.reason, answer: "fail", message });
    if (reading.kind === "forged") return { status: 403, text: "fail" };
    return { status: reading.tooLarge ? 413 : 400, text: "fail" };
  }
  const { fields } = reading;
  const key = fields?.MsgId
    ? dedupeKey("push", [fields.MsgId])
    : fields?.FromUserName
      ? dedupeKey("push", [fields.FromUserName, fields.CreateTime, fields.Event])
      : dedupeKey("push", [reading.message]);
  try {
    await storeNotification(shop, {
      kind: "push",
      verdict: "stored",
      dedupeKey: key,
      answer: "success",
      transactionId: fields?.transaction_id ?? null,
      outTradeNo: fields?.merchant_trade_no ?? null,
      message: { ...message, body: Buffer.from(reading.message) }, // Decrypted: the key may have changed when it is read.
    });
    return { status: 200, text: "success" };
  } catch (error) {
    log.error({ err: error }, "a pushed event could not be stored");
    return { status: 503, text: "fail" };
  }
}
