import type { Shop } from "@/lib/shop";
import { type JsSdkTicket, requestJsSdkTicket } from "@/lib/wechat/js-sdk";
import { borrow } from "./borrow";
import { callWithToken, readyToken } from "./call-with-token";
import type { OwnApp } from "./own-app";
import { raiseTokenTrouble, resolveTokenTrouble, TokenTrouble } from "./token-trouble";

/**
 * WeChat answers `expires_in` 7200 also for a ticket that another program of the merchant's got long ago. Asked again
 * every half hour (`borrow` renews five minutes early), pages are without a valid one for no longer than that.
 */
const heldSeconds = 35 * 60;
const patienceMs = 3000; // A page works without it: nobody waits long.
const restMs = 5 * 60_000; // Anybody's page view may want one: not each of them may repeat a call that failed.

/**
 * The ticket that pages of the official account are signed with. Trouble with its token reaches the desk like any
 * other's. Throws `WechatError`, `TokenTrouble`.
 */
export async function getJsSdkTicket(shop: Shop, app: OwnApp): Promise<string> {
  return borrow(shop, {
    appId: app.appId,
    purpose: "jsapi_ticket",
    patienceMs,
    restMs,
    async ask() {
      const { ticket, expiresInSeconds } = await askOrRaise(shop, app);
      return { text: ticket, expiresInSeconds: Math.min(expiresInSeconds, heldSeconds) };
    },
  });
}

async function askOrRaise(shop: Shop, app: OwnApp): Promise<JsSdkTicket> {
  try {
    const ticket = await askForJsSdkTicket(shop, app);
    await resolveTokenTrouble(shop.db, app.appId, shop.now());
    return ticket;
  } catch (error) {
    if (error instanceof TokenTrouble) await raiseTokenTrouble(shop.db, { ...app, error: error.error });
    throw error;
  }
}

/** Asks WeChat now, whatever is known. Throws `WechatError`, `TokenTrouble`. */
export async function askForJsSdkTicket(shop: Shop, app: OwnApp): Promise<JsSdkTicket> {
  const token = await readyToken(shop, app);
  const call = (accessToken: string) => requestJsSdkTicket(shop.platform, { accessToken });
  return callWithToken(shop, app, { token, call });
}
