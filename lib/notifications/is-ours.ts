import { eq } from "drizzle-orm";
import { payments } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";

/** Judged by the payment's own appid and merchant where the payment is known, else by the settings. */
export async function isOurs(
  shop: Shop,
  of: { appId: string; mchId: string; outTradeNo: string },
): Promise<boolean> {
  const [payment] = await shop.db
    .select({ appid: payments.appid, mchId: payments.mchId })
    .from(payments)
    .where(eq(payments.outTradeNo, of.outTradeNo));
  if (payment) return payment.appid === of.appId && payment.mchId === of.mchId;
  const { wechat } = shop.environment;
  return of.mchId === wechat.mchId && (of.appId === wechat.appId || of.appId === wechat.mini?.appId);
}
