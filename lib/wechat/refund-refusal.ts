/** What a failed refund asks for next. Source: the error table of WeChat Pay APIv2 "申请退款". */
import type { WechatError } from "@/lib/wechat/errors";
import { hasCode } from "@/lib/wechat/remedies";

/**
 * - `again`: nobody knows whether it was done, or WeChat asks for it: the same request, or a query;
 * - `slower`: not accepted, the same request after a minute or more;
 * - `not_enough`: the merchant's balance is short: the same request once it is topped up;
 * - `quota`: the day's limit is used up: the same request on another day;
 * - `certificate`: the client certificate was not accepted: the same request once it is in order;
 * - `by_hand`: WeChat cannot pay it any more: paid back outside WeChat and recorded;
 * - `person`: refused for a reason that no repeat changes: somebody reads WeChat's text.
 */
export type RefundRefusal =
  | "again"
  | "slower"
  | "not_enough"
  | "quota"
  | "certificate"
  | "by_hand"
  | "person";

const byCode: [RefundRefusal, string[]][] = [
  ["certificate", ["CERT_ERROR"]],
  ["slower", ["FREQUENCY_LIMITED", "频率限制", "INVALID_REQ_TOO_MUCH"]],
  ["not_enough", ["NOTENOUGH"]],
  ["by_hand", ["TRADE_OVERDUE", "USER_ACCOUNT_ABNORMAL"]],
];

/** Sorts whatever `requestRefund` threw. None of the answers allows another out_refund_no for the same money. */
export function refundRefusal(error: WechatError): RefundRefusal {
  if (isCertificateTrouble(error)) return "certificate";
  if (isDailyQuota(error.text)) return "quota";
  for (const [refusal, codes] of byCode) if (codes.some((code) => hasCode(error, code))) return refusal;
  return error.kind === "unknown_result" ? "again" : "person";
}

/**
 * Beside CERT_ERROR there are an unsigned answer that speaks of 证书, and a handshake that breaks off with an alert
 * about our certificate. Trouble with WeChat's own one (CERT_HAS_EXPIRED and the like) is no alert and no matter of ours.
 */
function isCertificateTrouble({ code, text }: WechatError): boolean {
  if (code === "RETURN_FAIL") return /证书|certificate/i.test(text);
  return code === "NETWORK" && /^ERR_SSL_\w*ALERT_(?:\w*CERTIFICATE|UNKNOWN_CA)/.test(text);
}

/** No page names a code for it: its text speaks of a day and of a limit. */
function isDailyQuota(text: string): boolean {
  return (
    /(?:[当单今每本一同][日天]|日(?:累计|限额|额度|上限))/.test(text) && /限额|限制|额度|上限/.test(text)
  );
}
