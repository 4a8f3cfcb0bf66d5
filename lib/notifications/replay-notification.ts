import { eq } from "drizzle-orm";
import { notifications } from "@/lib/db/schema/notifications";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { readRefundResult } from "@/lib/wechat/refund-result";
import type { NotificationAnswer } from "./answer";
import { receivePaymentResult } from "./receive-payment-result";
import { receiveRefundResult } from "./receive-refund-result";

/**
 * Judges a payment or refund notification once more that failed on our side or was only stored, from its stored bytes,
 * as if WeChat had sent it again; what it would have read is returned. One that was judged before only counts as a copy.
 */
export async function replayNotification(shop: Shop, id: number): Promise<NotificationAnswer> {
  const [stored] = await shop.db.select().from(notifications).where(eq(notifications.id, id));
  if (!stored?.dedupeKey) throw new AppError("not_found");
  const { body, headers, address } = stored;
  const message = { body, headers, address: address ?? "", dedupeKey: stored.dedupeKey };
  const by = { apiKey: shop.environment.wechat.apiKey };
  if (stored.kind === "payment") return receivePaymentResult(shop, readPaymentResult(body, by), message);
  if (stored.kind === "refund") return receiveRefundResult(shop, readRefundResult(body, by), message);
  throw new AppError("not_found");
}
