/** What the buyer's own WeChat needs to open the cashier. Source: WeChat Pay APIv2 "JSAPI调起支付", "小程序调起支付". */
import { newNonce } from "@/lib/wechat/nonce";
import { type SignType, signFields } from "@/lib/wechat/signature";

export type PrepayParameters = {
  appId: string;
  timeStamp: string; // Seconds, as text: a number is refused.
  nonceStr: string;
  package: string;
  signType: SignType;
  paySign: string;
};

/**
 * The parameters of `WeixinJSBridge.invoke("getBrandWCPayRequest", …)` and of `wx.requestPayment(…)`: both
 * sign appId, although the mini program does not pass it on. `signType` is the one the order was made with.
 */
export function jsapiParameters(input: {
  appId: string;
  prepayId: string;
  apiKey: string;
  signType: SignType;
  now: Date;
  nonce?: string;
}): PrepayParameters {
  const signed = {
    appId: input.appId,
    timeStamp: String(Math.floor(input.now.getTime() / 1000)),
    nonceStr: input.nonce ?? newNonce(),
    package: `prepay_id=${input.prepayId}`,
    signType: input.signType,
  };
  return { ...signed, paySign: signFields(signed, input) };
}
