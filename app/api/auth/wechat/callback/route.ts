import { jsonRoute } from "@/lib/http/json-route";
import { toAppError } from "@/lib/http/problem";
import { beginSignIn } from "@/lib/members/begin-sign-in";
import { findBuyerOfRequest, memberCookieHeader } from "@/lib/members/buyer-of-request";
import { limitMemberSignIns } from "@/lib/members/limit-sign-ins";
import { clearOauthCookie, readOauthCookie } from "@/lib/members/oauth-state";
import { signInByCode } from "@/lib/members/sign-in-by-code";
import { shop } from "@/lib/shop";

/**
 * WeChat sends the buyer's browser back here with a code, once. A code that WeChat does not take is asked for anew, once:
 * it may have been used by an answer that never came. Whatever goes wrong, the buyer lands on a page of ours.
 */
export const GET = jsonRoute(async (request) => {
  const { siteUrl } = shop().environment;
  const query = new URL(request.url).searchParams;
  const { returnTo, stateFits, isSecond } = readOauthCookie(request, query.get("state"), siteUrl);
  const signedIn = stateFits ? await signIn(request, query.get("code")) : null;
  if (signedIn === "code_refused" && !isSecond) return beginSignIn(shop(), { returnTo, isSecond: true });

  const headers = new Headers({ "cache-control": "no-store", location: new URL(returnTo, siteUrl).href });
  headers.append("set-cookie", clearOauthCookie(siteUrl));
  if (signedIn && signedIn !== "code_refused")
    headers.append("set-cookie", memberCookieHeader(shop(), signedIn.token));
  else headers.set("location", withFailure(returnTo, siteUrl));
  return new Response(null, { status: 302, headers });
});

/** As `signInByCode`; null also over the limit of an address, or when something of ours failed, which is logged. */
async function signIn(request: Request, code: string | null): ReturnType<typeof signInByCode> {
  try {
    await limitMemberSignIns(shop(), request.headers);
    const guest = await findBuyerOfRequest(shop(), request);
    return await signInByCode(shop(), { code, guestId: guest?.memberId ?? null });
  } catch (error) {
    toAppError(error);
    return null;
  }
}

function withFailure(returnTo: string, siteUrl: string): string {
  const url = new URL(returnTo, siteUrl);
  url.searchParams.set("signIn", "failed");
  return url.href;
}
