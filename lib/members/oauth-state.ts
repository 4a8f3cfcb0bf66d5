import { randomBytes } from "node:crypto";
import { readCookie } from "@/lib/http/locale";
import { ownPath } from "@/lib/http/own-path";

const cookieName = "zg_oauth";
const lifeS = 600; // WeChat's code lives five minutes.

/** Letters and digits only: WeChat allows no more in `state`. */
export function newOAuthState(): string {
  return randomBytes(16).toString("hex");
}

export function oauthCallbackUrl(siteUrl: string): string {
  return `${siteUrl}/api/auth/wechat/callback`;
}

/** Binds the state to this browser, so that nobody can be signed in with somebody else's code. */
export function oauthCookie(
  trip: { state: string; returnTo: string; isSecond: boolean },
  siteUrl: string,
): string {
  const value = [
    trip.state,
    Buffer.from(trip.returnTo).toString("base64url"),
    ...(trip.isSecond ? ["2"] : []),
  ];
  return cookie(value.join("."), lifeS, siteUrl);
}

export function clearOauthCookie(siteUrl: string): string {
  return cookie("", 0, siteUrl);
}

/** Where this browser wanted to go, whether the state is the one it left with, and whether it has been sent twice. */
export function readOauthCookie(
  request: Request,
  state: string | null,
  siteUrl: string,
): { returnTo: string; stateFits: boolean; isSecond: boolean } {
  const [known = "", path = "", turn] = (readCookie(request, cookieName) ?? "").split(".");
  const returnTo = ownPath(Buffer.from(path, "base64url").toString("utf8"), siteUrl) ?? "/";
  return { returnTo, stateFits: known !== "" && known === state, isSecond: turn === "2" };
}

function cookie(value: string, maxAgeS: number, siteUrl: string): string {
  const secure = siteUrl.startsWith("https:") ? "; Secure" : "";
  return `${cookieName}=${value}; Path=/api/auth/wechat; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${secure}`;
}
