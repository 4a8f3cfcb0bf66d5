import { countNotification } from "@/lib/health/metrics";
import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import type { Shop } from "@/lib/shop";
import { type NotificationAnswer, refused } from "./answer";
import type { Message } from "./message";
import { storeNotification } from "./store-notification";

/** Our own fault half-way: the message is kept if at all possible, for staff to replay, and WeChat is asked to come again. */
export async function keepFailed(
  shop: Shop,
  of: {
    kind: "payment" | "refund";
    dedupeKey: string;
    outTradeNo: string;
    transactionId: string | null;
    message: Message;
    error: unknown;
  },
): Promise<NotificationAnswer> {
  const { error, ...facts } = of;
  countNotification(of.kind, "failed");
  log.error({ err: error, outTradeNo: of.outTradeNo }, `a ${of.kind} notification failed on our side`);
  const stored = storeNotification(shop, {
    ...facts,
    verdict: "failed",
    answer: "FAIL",
    reason: "our own fault",
  });
  await within(500, stored).catch(() => {
    // The database is away: WeChat's retry is what is left, and it comes.
  });
  return refused("the shop could not store this notification, please send it again");
}
