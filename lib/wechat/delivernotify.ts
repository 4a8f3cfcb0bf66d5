/**
 * 发货通知 of the 2014 protocol: what became of the goods of one transaction. Source: 微信公众号支付接口文档 V2.x,
 * "发货通知 delivernotify". WeChat wants to hear it once of each transaction; repeats are not documented.
 */
import { z } from "zod";
import { refusedHere } from "@/lib/wechat/errors";
import { signLegacy } from "@/lib/wechat/legacy-signature";
import { callPlatform, type Platform } from "@/lib/wechat/platform";

export type DeliverNotifyInput = {
  appId: string; // The one it was paid with, whose access token the call is made with.
  openid: string | null;
  transactionId: string;
  outTradeNo: string;
  at: Date; // Sent as whole seconds.
  status: 0 | 1; // 1 delivered, 0 not.
  message: string; // With 0 the reason, with 1 "ok". Never empty: nobody knows whether an empty value is signed.
};

/**
 * The fields without their signature. Store them and repeat exactly these, time included: whoever counts messages
 * counts one. Throws a refused `WechatError` when nobody knows the buyer's openid, `RangeError` on an empty message.
 */
export function buildDeliverNotify(of: DeliverNotifyInput): Record<string, string> {
  if (!of.openid) throw refusedHere("OPENID_MISSING", "nobody knows the buyer's openid");
  if (of.message === "") throw new RangeError("delivernotify: the message is never empty");
  return {
    appid: of.appId,
    openid: of.openid,
    transid: of.transactionId,
    out_trade_no: of.outTradeNo,
    deliver_timestamp: String(Math.trunc(of.at.getTime() / 1000)),
    deliver_status: String(of.status),
    deliver_msg: of.message,
  };
}

/** The message as it is sent: every value a string, in one order, the same for the same fields. */
export function signDeliverNotify(
  request: Record<string, string>,
  by: { appKey: string | null },
): Record<string, string> {
  if (!by.appKey) throw refusedHere("APP_KEY_MISSING", "there is no appkey to sign with");
  const fields = Object.fromEntries(signedNames.map((name) => [name, request[name] ?? ""]));
  return { ...fields, app_signature: signLegacy(fields, { appKey: by.appKey }), sign_method: "sha1" };
}

/** Sends stored fields. Returns when WeChat has accepted them; throws `WechatError`. */
export async function sendDeliverNotify(
  platform: Platform,
  of: { accessToken: string; request: Record<string, string>; appKey: string | null },
): Promise<void> {
  await callPlatform(platform, {
    path: "/pay/delivernotify",
    query: { access_token: of.accessToken },
    json: signDeliverNotify(of.request, of),
    shape: answerShape,
  });
}

/** An answer that does not say that it went well says nothing. */
const answerShape = z.object({ errcode: z.union([z.literal(0), z.literal("0")]) });

const signedNames = [
  "appid",
  "openid",
  "transid",
  "out_trade_no",
  "deliver_timestamp",
  "deliver_status",
  "deliver_msg",
] as const;
