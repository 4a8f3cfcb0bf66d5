import { jsonRoute } from "@/lib/http/json-route";
import { findBuyerOfRequest, memberCookieHeader } from "@/lib/members/buyer-of-request";
import { clearOauthCookie, readOauthCookie } from "@/lib/members/oauth-state";
import { signInByCode } from "@/lib/members/sign-in-by-code";
import { shop } from "@/lib/shop";

/** WeChat sends the buyer's browser back here with a code, once. Whatever goes wrong, the buyer lands on a page of ours. */
export const GET = jsonRoute(async (request) => {
  const { siteUrl } = shop().environment;
  const query = new URL(request.url).searchParams;
  const { returnTo, stateFits } = readOauthCookie(request, query.get("state"), siteUrl);
  const guest = await findBuyerOfRequest(shop(), request);
  const token = stateFits
    ? await signInByCode(shop(), { code: query.get("code"), guestId: guest?.memberId ?? null })
    : null;

  const headers = new Headers({ "cache-control": "no-store", location: new URL(returnTo, siteUrl).href });
  headers.append("set-cookie", clearOauthCookie(siteUrl));
  if (token) headers.append("set-cookie", memberCookieHeader(shop(), token));
  else headers.set("location", withFailure(returnTo, siteUrl));
  return new Response(null, { status: 302, headers });
});

function withFailure(returnTo: string, siteUrl: string): string {
  const url = new URL(returnTo, siteUrl);
  url.searchParams.set("signIn", "failed");
  return url.href;
}
