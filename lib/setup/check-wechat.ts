import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { getAccessToken } from "@/lib/access-tokens/get-access-token";
import { askForJsSdkTicket } from "@/lib/access-tokens/get-js-sdk-ticket";
import { TokenTrouble } from "@/lib/access-tokens/token-trouble";
import type { Shop } from "@/lib/shop";
import { CertificateError, readCertificate } from "@/lib/wechat/certificate";
import { WechatError } from "@/lib/wechat/errors";
import { queryOrder } from "@/lib/wechat/order-query";
import { hasCode } from "@/lib/wechat/remedies";
import { reportRemedy } from "@/lib/wechat/report-refusal";
import { broken, fine, look, type Outcome, unknown } from "./finding";

const dayMs = 86_400_000;

/** No order of any shop has it: WeChat's verified "no such order" proves number, appid, key and sign type in one answer. */
const nobodysNumber = "ZHANGGUISETUP0";

/** Asks WeChat for an order that nobody has: whoever may ask is told so, signed with the key that both sides have. */
export async function checkApiKey({ merchant, environment }: Shop): Promise<Outcome> {
  const { appId, signType } = environment.wechat;
  try {
    await queryOrder(merchant, { appId, outTradeNo: nobodysNumber, signType });
    return fine("fine", { signType });
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    const facts = { code: error.code, text: error.text.slice(0, 200) };
    if (isOf(error, ["SIGNERROR", "UNVERIFIED"], /签名|sign/i)) return broken("signature", facts);
    if (
      isOf(
        error,
        ["APPID_NOT_EXIST", "MCHID_NOT_EXIST", "APPID_MCHID_NOT_MATCH", "NOT_OURS"],
        /appid|mch_?id|商户号/i,
      )
    )
      return broken("not_bound", facts);
    if (error.code === "TIMEOUT" || error.code === "NETWORK") return broken("unreachable", facts);
    return look("other_answer", facts);
  }
}

/** What cannot be processed at all is refused without a code of its own, in words alone. */
function isOf(error: WechatError, codes: string[], words: RegExp): boolean {
  return (
    codes.some((code) => hasCode(error, code)) || (error.code === "RETURN_FAIL" && words.test(error.text))
  );
}

/** The certificate that refunds go out with: there, whole, its own key beside it, this merchant's, and not near its end. */
export async function checkClientCertificate({ environment, now }: Shop): Promise<Outcome> {
  const { certFile, keyFile, mchId } = environment.wechat;
  if (certFile === null || keyFile === null) return broken("none");
  try {
    const { merchant, validFrom, validTo } = readCertificate(certFile);
    const days = Math.floor((validTo.getTime() - now().getTime()) / dayMs);
    const facts = { days, until: validTo.toISOString() };
    if (!isPair(certFile, keyFile)) return broken("key_of_another");
    if (merchant !== null && merchant !== mchId) return broken("other_merchant", { merchant });
    if (days < 0) return broken("ended", facts);
    if (validFrom > now()) return broken("not_yet", { from: validFrom.toISOString() });
    return days < 30 ? look("ends_soon", facts) : fine("fine", facts);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return broken(error.what);
  }
}

function isPair(certFile: string, keyFile: string): boolean {
  try {
    createSecureContext({ cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") });
    return true;
  } catch {
    return false; // Whatever is wrong with the pair, WeChat takes none of it.
  }
}

/** Whether WeChat gives the appid a token: its secret is right and this machine's address is on the list. */
export async function checkToken(
  shop: Shop,
  app: { appId: string; appSecret: string } | null,
): Promise<Outcome> {
  if (!app) return unknown("none");
  try {
    await getAccessToken(shop, app);
    return fine("fine", { appId: app.appId });
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    const facts = { appId: app.appId, code: error.code, text: error.text.slice(0, 200) };
    return broken("refused", { ...facts, remedy: reportRemedy(error.code) });
  }
}

/** Whether WeChat gives the ticket that pages are signed with. Which domains are registered for it only its console knows. */
export async function checkJsSdk(shop: Shop): Promise<Outcome> {
  const { wechat, siteUrl } = shop.environment;
  try {
    await askForJsSdkTicket(shop, wechat);
    return fine("fine", { wanted: new URL(siteUrl).host });
  } catch (error) {
    const said = error instanceof TokenTrouble ? error.error : error;
    if (!(said instanceof WechatError)) throw error;
    return look("refused", {
      code: said.code,
      text: said.text.slice(0, 200),
      remedy: reportRemedy(said.code),
    });
  }
}
