import { wechatCalls } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";

type Called =
  | {
      payment: { id: number; orderId: number };
      call: "unifiedorder" | "orderquery" | "closeorder" | "refundquery";
    }
  | { refund: { id: number; orderId: number | null }; call: "refund" | "refundquery" };

/** Makes a call to WeChat about a payment or a refund and keeps what came of it, for the timeline. Never inside a transaction. */
export async function recordCall<T>(
  shop: Shop,
  of: Called,
  make: () => Promise<T>,
  outcomeOf: (result: T) => string,
): Promise<T> {
  const startedAt = shop.now();
  const keep = (outcome: string, errorText: string | null) =>
    shop.db.insert(wechatCalls).values({
      ...("refund" in of
        ? { orderId: of.refund.orderId, refundId: of.refund.id }
        : { orderId: of.payment.orderId, paymentId: of.payment.id }),
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
