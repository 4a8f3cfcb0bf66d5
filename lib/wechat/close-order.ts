/** 关闭订单: makes a number unpayable for good. Source: WeChat Pay APIv2 "关闭订单". */
import { WechatError } from "@/lib/wechat/errors";
import { type Merchant, postXml } from "@/lib/wechat/merchant";
import { hasCode } from "@/lib/wechat/remedies";
import type { SignType } from "@/lib/wechat/signature";

/** WeChat's own rule: a number younger than this cannot be closed yet. */
export const closeNotBeforeMs = 5 * 60_000;

/**
 * - `closed`: now, or it was already;
 * - `paid`: the buyer was faster, query and settle;
 * - `not_found`: never submitted;
 * - `too_early`: younger than five minutes, come back later.
 *
 * Throws `WechatError` for everything else; after an unknown result query first, then close again.
 */
export async function closeOrder(
  merchant: Merchant,
  order: { appId: string; outTradeNo: string; signType: SignType; nonce?: string },
): Promise<"closed" | "paid" | "not_found" | "too_early"> {
  const request = {
    appid: order.appId,
    mch_id: merchant.mchId,
    out_trade_no: order.outTradeNo,
    nonce_str: order.nonce ?? merchant.nonce(),
    sign_type: order.signType,
  };
  try {
    await postXml(merchant, { name: "closeorder", path: "/pay/closeorder", request });
    return "closed";
  } catch (error) {
    if (hasCode(error, "ORDERCLOSED")) return "closed";
    if (hasCode(error, "ORDERPAID")) return "paid";
    if (hasCode(error, "ORDERNOTEXIST")) return "not_found";
    if (isTooEarly(error)) return "too_early";
    throw error;
  }
}

/** No page tells the code of this refusal, only that there is one: its text speaks of the five minutes. */
function isTooEarly(error: unknown): boolean {
  return (
    error instanceof WechatError &&
    error.kind === "refused" &&
    /[5五]\s*分钟|(?:5|five)\s*minutes|too early/i.test(`${error.code} ${error.text}`)
  );
}
