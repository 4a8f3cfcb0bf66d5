import { AppError } from "@/lib/http/app-error";
import { readCookie } from "@/lib/http/locale";
import type { Shop } from "@/lib/shop";
import { renewSession } from "./renew-session";
import { type Buyer, findBuyer, memberCookie, sessionLifeMs } from "./session";

/** The caller by bearer token (mini program) or cookie (browser); null for a stranger. */
export async function findBuyerOfRequest(shop: Shop, request: Request): Promise<Buyer | null> {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.get("authorization") ?? "")?.[1];
  return findBuyer(shop.db, bearer ?? readCookie(request, memberCookie), shop.now());
}

/**
 * Who wants to order: a stranger may, and becomes a guest. Whoever shows a token that is no good any more is told so:
 * a mini program would never see the guest's cookie.
 */
export async function findBuyerOrStranger(shop: Shop, request: Request): Promise<Buyer | null> {
  const buyer = await findBuyerOfRequest(shop, request);
  if (!buyer && /^Bearer /i.test(request.headers.get("authorization") ?? ""))
    throw new AppError("unauthenticated");
  return buyer;
}

export async function requireBuyer(shop: Shop, request: Request): Promise<Buyer> {
  const buyer = await findBuyerOfRequest(shop, request);
  if (!buyer) throw new AppError("unauthenticated");
  return buyer;
}

/** The token of the caller's cookie, which lives as long as a new one from now on; null for who has none. */
export async function renewCookie(shop: Shop, request: Request): Promise<string | null> {
  const token = request.headers.has("authorization") ? null : readCookie(request, memberCookie);
  return token && (await renewSession(shop, token)) ? token : null;
}

/** Lax, so that coming back from WeChat's cashier still knows the buyer, and other sites' posts do not. */
export function memberCookieHeader(shop: Shop, token: string): string {
  const secure = shop.environment.siteUrl.startsWith("https:") ? "; Secure" : "";
  return `${memberCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionLifeMs.cookie / 1000}${secure}`;
}
