import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { ownPath } from "@/lib/http/own-path";
import { beginSignIn } from "@/lib/members/begin-sign-in";
import { shop } from "@/lib/shop";

/** A page opened inside WeChat sends its buyer here. */
export const GET = jsonRoute(async (request) => {
  const { siteUrl } = shop().environment;
  const returnTo = ownPath(new URL(request.url).searchParams.get("returnTo") ?? "/", siteUrl);
  if (!returnTo) throw new AppError("malformed", { errors: [{ path: "returnTo", code: "invalid" }] });
  return beginSignIn(shop(), { returnTo, isSecond: false });
});
