import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { isTokenError } from "@/lib/wechat/platform";
import { getAccessToken } from "./get-access-token";
import type { OwnApp } from "./own-app";
import { TokenTrouble } from "./token-trouble";

/**
 * Makes a call with a token of `readyToken`. A token that WeChat refuses is refreshed once, under the lock that all
 * processes share, and the call repeated once; never more. Throws `TokenTrouble` when that does not help, and whatever
 * else the call throws.
 */
export async function callWithToken<Result>(
  shop: Shop,
  app: OwnApp,
  { token, call }: { token: string; call: (token: string) => Promise<Result> },
): Promise<Result> {
  try {
    return await call(token);
  } catch (error) {
    if (!isTokenError(error)) throw error;
    const fresh = await readyToken(shop, { ...app, not: token });
    if (fresh === token) throw new TokenTrouble(error); // WeChat issues what it refuses: another try would be a loop.
    return repeatOnce(call, fresh);
  }
}

/** The token that is known, or a new one. Throws `TokenTrouble` where WeChat refuses to give one. */
export async function readyToken(shop: Shop, app: OwnApp & { not?: string }): Promise<string> {
  try {
    return await getAccessToken(shop, app);
  } catch (error) {
    if (error instanceof WechatError && error.kind === "refused") throw new TokenTrouble(error);
    throw error;
  }
}

async function repeatOnce<Result>(call: (token: string) => Promise<Result>, token: string): Promise<Result> {
  try {
    return await call(token);
  } catch (error) {
    if (isTokenError(error)) throw new TokenTrouble(error);
    throw error;
  }
}
