import { wechatCalls } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";

/** Makes a call to WeChat about a payment and keeps what came of it, for the timeline. Never inside a transaction. */
export async function recordCall<T>(
  shop: Shop,
  of: { payment: { id: number; orderId: number }; call: "unifiedorder" | "orderquery" | "closeorder" },
  make: () => Promise<T>,
  outcomeOf: (result: T) => string,
): Promise<T> {
  const startedAt = shop.now();
  const keep = (outcome: string, errorText: string | null) =>
    shop.db.insert(wechatCalls).values({
      orderId: of.payment.orderId,
      paymentId: of.payment.id,
      call: of.call,
      outcome,
      errorText,
      startedAt,
      tookMs: shop.now().getTime() - startedAt.getTime(),
    });
  try {
    const result = await make();
    await keep(outcomeOf(result), null);
    return result;
  } catch (error) {
    if (error instanceof WechatError) await keep(error.code, error.text.slice(0, 300));
    throw error;
  }
}
