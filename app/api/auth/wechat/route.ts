import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { ownPath } from "@/lib/http/own-path";
import { newOAuthState, oauthCallbackUrl, oauthCookie } from "@/lib/members/oauth-state";
import { shop } from "@/lib/shop";
import { authorizeUrl } from "@/lib/wechat/oauth";

/** A page opened inside WeChat sends its buyer here; WeChat tells us the openid without asking (snsapi_base). */
export const GET = jsonRoute(async (request) => {
  const { wechat, siteUrl } = shop().environment;
  const returnTo = ownPath(new URL(request.url).searchParams.get("returnTo") ?? "/", siteUrl);
  if (!returnTo) throw new AppError("malformed", { errors: [{ path: "returnTo", code: "invalid" }] });
  const state = newOAuthState();
  const location = authorizeUrl({
    openUrl: wechat.openUrl,
    appId: wechat.appId,
    redirectUri: oauthCallbackUrl(siteUrl),
    state,
  });
  return new Response(null, {
    status: 302,
    headers: {
      location,
      "set-cookie": oauthCookie({ state, returnTo }, siteUrl),
      "cache-control": "no-store",
    },
  });
});
