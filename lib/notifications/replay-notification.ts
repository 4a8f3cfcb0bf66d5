import { eq } from "drizzle-orm";
import { notifications } from "@/lib/db/schema";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import type { NotificationAnswer } from "./answer";
import { receivePaymentResult } from "./receive-payment-result";

/**
 * Judges a payment notification once more that failed on our side, from its stored bytes, as if WeChat had sent it
 * again; what it would have read is returned. One that was judged before only counts as a copy.
 */
export async function replayNotification(shop: Shop, id: number): Promise<NotificationAnswer> {
  const [stored] = await shop.db.select().from(notifications).where(eq(notifications.id, id));
  if (stored?.kind !== "payment" || !stored.dedupeKey) throw new AppError("not_found");
  const { body, headers, address } = stored;
  const reading = readPaymentResult(body, { apiKey: shop.environment.wechat.apiKey });
  return receivePaymentResult(shop, reading, { body, headers, address: address ?? "" });
}
