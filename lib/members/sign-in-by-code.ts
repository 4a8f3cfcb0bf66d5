import { log } from "@/lib/http/log";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { exchangeCode, type OAuthIdentity } from "@/lib/wechat/oauth";
import { openSession, sessionLifeMs } from "./session";
import { signInWithOpenid } from "./sign-in-with-openid";

/**
 * Exchanges the code of WeChat's redirect for an openid and opens a session for its member; a guest's orders go along.
 * `code_refused` when WeChat does not take the code: it may be old, or used by an answer that was lost, and a new one
 * may help. Null when there is none, or for a snapshot visitor, who cannot pay.
 */
export async function signInByCode(
  shop: Shop,
  of: { code: string | null; guestId: number | null },
): Promise<{ token: string } | "code_refused" | null> {
  if (!of.code || of.code.length > 200) return null;
  const { appId, appSecret } = shop.environment.wechat;
  let identity: OAuthIdentity;
  try {
    identity = await exchangeCode(shop.platform, { appId, appSecret, code: of.code });
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    log.warn({ code: error.code, remedy: error.remedy }, "WeChat did not accept a sign-in code");
    return "code_refused";
  }
  if (identity.isSnapshotUser) return null;

  return shop.db.transaction(async (tx) => {
    const { openid, unionid } = identity;
    const memberId = await signInWithOpenid(tx, { appid: appId, openid, unionid, guestId: of.guestId });
    const expiresAt = new Date(shop.now().getTime() + sessionLifeMs.cookie);
    return { token: await openSession(tx, { memberId, appid: appId, openid, expiresAt }) };
  });
}
