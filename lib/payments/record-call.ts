import { wechatCalls } from "@/lib/db/schema/deeds";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";

type Called =
  | {
      payment: { id: number; orderId: number };
      call: "unifiedorder" | "orderquery" | "closeorder" | "refundquery";
    }
  | { refund: { id: number; orderId: number | null }; call: "refund" | "refundquery" }
  | {
      report: { id: number; orderId: number | null };
      call: "delivernotify" | "upload_shipping_info" | "get_order" | "stable_token" | "orderquery";
    };

/**
 * Makes a call to WeChat about a payment, a refund or a delivery report and keeps what came of it, for the timeline.
 * Never inside a transaction.
 */
export async function recordCall<T>(
  shop: Shop,
  of: Called,
  make: () => Promise<T>,
  outcomeOf: (result: T) => string,
): Promise<T> {
  const startedAt = shop.now();
  const keep = (outcome: string, errorText: string | null) =>
    keepCall(shop, of, { outcome, errorText, startedAt });
  try {
    const result = await make();
    await keep(outcomeOf(result), null);
    return result;
  } catch (error) {
    if (error instanceof WechatError) await keep(error.code, error.text.slice(0, 300));
    throw error;
  }
}

/** One row of what was asked and what came of it. */
export async function keepCall(
  shop: Shop,
  of: Called,
  what: { outcome: string; errorText: string | null; startedAt: Date },
): Promise<void> {
  await shop.db.insert(wechatCalls).values({
    ...subjectOf(of),
    ...what,
    call: of.call,
    tookMs: shop.now().getTime() - what.startedAt.getTime(),
  });
}

function subjectOf(of: Called) {
  if ("report" in of) return { orderId: of.report.orderId, reportId: of.report.id };
  if ("refund" in of) return { orderId: of.refund.orderId, refundId: of.refund.id };
  return { orderId: of.payment.orderId, paymentId: of.payment.id };
}
