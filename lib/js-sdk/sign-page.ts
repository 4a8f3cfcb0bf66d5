import { getJsSdkTicket } from "@/lib/access-tokens/get-js-sdk-ticket";
import { TokenTrouble } from "@/lib/access-tokens/token-trouble";
import { AppError } from "@/lib/http/app-error";
import { log } from "@/lib/http/log";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { signJsSdk } from "@/lib/wechat/js-sdk";
import { newNonce } from "@/lib/wechat/nonce";

/** What a page of ours shows WeChat's app before it asks it for anything. `timestamp` in seconds. */
export type PageSignature = { appId: string; timestamp: string; nonceStr: string; signature: string };

const longestUrl = 2000; // Of what WeChat and analytics add to an address there is a lot.

/**
 * Signs one address for WeChat's app, ours only: `malformed` for any other. `wechat_unavailable` or `wechat_refused`
 * where there is no ticket to sign with; the page then does without.
 */
export async function signPage(shop: Shop, address: string | null): Promise<PageSignature> {
  const url = ownUrl(address, shop.environment.siteUrl);
  if (!url) throw new AppError("malformed", { errors: [{ path: "url", code: "invalid" }] });
  const { appId, appSecret } = shop.environment.wechat;
  const ticket = await ticketFor(shop, { appId, appSecret });
  const timestamp = String(Math.floor(shop.now().getTime() / 1000));
  const nonceStr = newNonce();
  return { appId, timestamp, nonceStr, signature: signJsSdk({ ticket, nonceStr, timestamp, url }) };
}

/** Signed byte for byte as the browser has it, so it is looked at and not written anew. */
function ownUrl(address: string | null, siteUrl: string): string | null {
  if (!address || address.length > longestUrl) return null;
  return URL.parse(address)?.origin === new URL(siteUrl).origin ? address : null;
}

async function ticketFor(shop: Shop, app: { appId: string; appSecret: string }): Promise<string> {
  try {
    return await getJsSdkTicket(shop, app);
  } catch (error) {
    const said = error instanceof TokenTrouble ? error.error : error;
    if (!(said instanceof WechatError)) throw error;
    if (said.code !== "RESTING") log.warn({ code: said.code }, "no ticket to sign pages with");
    throw new AppError(said.kind === "refused" ? "wechat_refused" : "wechat_unavailable");
  }
}
