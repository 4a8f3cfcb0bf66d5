import type { Shop } from "@/lib/shop";
import { requestStableToken } from "@/lib/wechat/stable-token";
import { borrow, leaseMs } from "./borrow";

/**
 * The access token of one of our appids, asked for by one process at a time. `not` names a token that WeChat has just
 * refused. Throws `WechatError` when WeChat gives none.
 */
export async function getAccessToken(
  shop: Shop,
  of: { appId: string; appSecret: string; not?: string },
): Promise<string> {
  return borrow(shop, {
    appId: of.appId,
    purpose: "access_token",
    not: of.not,
    patienceMs: leaseMs,
    restMs: 0, // Jobs that need it keep their own distance.
    async ask() {
      const { accessToken, expiresInSeconds } = await requestStableToken(shop.platform, of);
      return { text: accessToken, expiresInSeconds };
    },
  });
}
