/** 统一下单: asks WeChat to take money for one out_trade_no. Source: WeChat Pay APIv2 "统一下单". */
import { toBeijingStamp } from "@/lib/wechat/beijing-time";
import { unknownResult } from "@/lib/wechat/errors";
import { largestFen } from "@/lib/wechat/fen";
import { fitText } from "@/lib/wechat/fit-text";
import { type Merchant, postXml } from "@/lib/wechat/merchant";
import type { SignType } from "@/lib/wechat/signature";

export type UnifiedOrderInput = {
  appId: string; // The official account's or the mini program's; the openid must belong to it.
  outTradeNo: string;
  title: string; // 商家名-商品类目, shown to the buyer; cut to WeChat's length.
  totalFen: number;
  payerAddress: string; // JSAPI and MWEB: the buyer's own; NATIVE: the server's.
  notifyUrl: string;
  startAt: Date;
  expireAt: Date; // The first call of a number fixes it; more than a minute ahead.
  nonce: string;
  attach?: string;
} & (
  | { tradeType: "JSAPI"; openid: string }
  | { tradeType: "MWEB"; site: { name: string; url: string } }
  | { tradeType: "NATIVE"; productId: string }
);

/** What WeChat gives for an order: prepay_id lives 2 h, code_url 2 h, mweb_url 5 min. */
export type UnifiedOrderAnswer = { prepayId: string; codeUrl: string | null; mwebUrl: string | null };

/**
 * The flat request without its signature. Store it and repeat exactly it, nonce included: a repeat with the
 * same fields gives a fresh prepay_id, one changed field is INVALID_REQUEST.
 * Throws `RangeError` on what WeChat would refuse anyway.
 */
export function buildUnifiedOrder(
  merchant: { mchId: string; signType: SignType },
  input: UnifiedOrderInput,
): Record<string, string> {
  requireShape(input);
  const request: Record<string, string> = {
    appid: input.appId,
    mch_id: merchant.mchId,
    device_info: "WEB",
    nonce_str: input.nonce,
    sign_type: merchant.signType,
    body: fitText(input.title, 127), // 128 in places, 127 in others.
    out_trade_no: input.outTradeNo,
    fee_type: "CNY",
    total_fee: String(input.totalFen),
    spbill_create_ip: input.payerAddress,
    time_start: toBeijingStamp(input.startAt),
    time_expire: toBeijingStamp(input.expireAt),
    notify_url: input.notifyUrl,
    trade_type: input.tradeType,
  };
  if (input.attach) request.attach = input.attach;
  if (input.tradeType === "JSAPI") request.openid = input.openid;
  if (input.tradeType === "NATIVE") request.product_id = input.productId;
  if (input.tradeType === "MWEB") request.scene_info = sceneInfo(input.site);
  return request;
}

/** Submits a stored request. Throws `WechatError`; after an unknown result submit the same request again. */
export async function unifiedOrder(
  merchant: Merchant,
  request: Record<string, string>,
): Promise<UnifiedOrderAnswer> {
  const fields = await postXml(merchant, { name: "unifiedorder", path: "/pay/unifiedorder", request });
  if (fields.trade_type && fields.trade_type !== request.trade_type) {
    throw unknownResult("NOT_OURS", "the answer's trade_type is not what was asked");
  }
  if (!fields.prepay_id) throw unknownResult("INCOMPLETE", "the answer has no prepay_id");
  if (request.trade_type === "NATIVE" && !fields.code_url) {
    throw unknownResult("INCOMPLETE", "the answer has no code_url");
  }
  if (request.trade_type === "MWEB" && !/^https?:\/\//.test(fields.mweb_url ?? "")) {
    throw unknownResult("INCOMPLETE", "the answer has no mweb_url");
  }
  return { prepayId: fields.prepay_id, codeUrl: fields.code_url || null, mwebUrl: fields.mweb_url || null };
}

function requireShape(input: UnifiedOrderInput): void {
  const { totalFen } = input;
  const isFen = Number.isSafeInteger(totalFen) && totalFen >= 1 && totalFen <= largestFen;
  const rules: [boolean, string][] = [
    [/^[0-9A-Za-z_\-|*]{6,32}$/.test(input.outTradeNo), "outTradeNo is 6 to 32 letters, digits, _-|*"],
    [isFen, `totalFen is an integer from 1 to ${largestFen}`],
    [bytes(input.attach ?? "") <= 127, "attach is at most 127 bytes"],
    [
      input.notifyUrl.length <= 256 && !/[?#]/.test(input.notifyUrl),
      "notifyUrl is at most 256 characters, no query",
    ],
    [input.payerAddress !== "" && input.payerAddress.length <= 64, "payerAddress is an IP address"],
    [input.expireAt > input.startAt, "expireAt lies after startAt"],
    [input.tradeType !== "JSAPI" || input.openid !== "", "JSAPI needs an openid"],
    [
      input.tradeType !== "NATIVE" || /^.{1,32}$/u.test(input.productId),
      "NATIVE needs a productId of at most 32",
    ],
  ];
  for (const [holds, rule] of rules) if (!holds) throw new RangeError(`unifiedorder: ${rule}`);
}

function sceneInfo(site: { name: string; url: string }): string {
  return JSON.stringify({ h5_info: { type: "Wap", wap_url: site.url, wap_name: fitText(site.name, 64) } });
}

function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
