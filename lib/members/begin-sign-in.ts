import { newOAuthState, oauthCallbackUrl, oauthCookie } from "@/lib/members/oauth-state";
import type { Shop } from "@/lib/shop";
import { authorizeUrl } from "@/lib/wechat/oauth";

/** Sends a browser to WeChat, which tells us the openid without asking (snsapi_base) and sends it back to the callback. */
export function beginSignIn(
  { environment: { wechat, siteUrl } }: Pick<Shop, "environment">,
  trip: { returnTo: string; isSecond: boolean },
): Response {
  const state = newOAuthState();
  const location = authorizeUrl({
    openUrl: wechat.openUrl,
    appId: wechat.appId,
    redirectUri: oauthCallbackUrl(siteUrl),
    state,
  });
  const headers = {
    location,
    "set-cookie": oauthCookie({ ...trip, state }, siteUrl),
    "cache-control": "no-store",
  };
  return new Response(null, { status: 302, headers });
}
