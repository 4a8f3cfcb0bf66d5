/**
 * 申请退款: asks WeChat to send money of one transaction back. Source: WeChat Pay APIv2 "申请退款".
 * One out_refund_no is one refund, however often it is sent; a second number for the same money pays twice.
 */
import { unknownResult } from "@/lib/wechat/errors";
import { largestFen, readFen } from "@/lib/wechat/fen";
import { fitText } from "@/lib/wechat/fit-text";
import { type Merchant, postXml } from "@/lib/wechat/merchant";
import { isOutRefundNo, isTransactionId } from "@/lib/wechat/shapes";
import type { SignType } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

export type RefundInput = {
  appId: string; // The one the order was paid with.
  mchId: string;
  signType: SignType;
  nonce: string;
  transactionId: string;
  outRefundNo: string;
  totalFen: number; // Of the whole order, as it was paid.
  refundFen: number;
  feeType: string; // Sent only where it is not CNY.
  desc: string; // Shown to the buyer in WeChat's message; cut to WeChat's length.
  notifyUrl: string;
  /** Old-settlement merchants only: which of their balances pays. Left out, WeChat takes the unsettled funds. */
  refundAccount?: "REFUND_SOURCE_UNSETTLED_FUNDS" | "REFUND_SOURCE_RECHARGE_FUNDS" | null;
};

/** Accepted (受理成功): no money has moved yet, and it may still come back. */
export type AcceptedRefund = {
  refundId: string;
  outRefundNo: string;
  refundFen: number;
  /** Every field of the verified answer. */
  fields: Fields;
};

/**
 * The flat request without its signature. Store it and repeat exactly it, nonce included: a repeat with the
 * same fields is the same refund, one changed field is PARAM_ERROR, ERROR or INVALID_REQUEST.
 * Throws `RangeError` on what WeChat would refuse anyway.
 */
export function buildRefund(of: RefundInput): Record<string, string> {
  requireShape(of);
  const request: Record<string, string> = {
    appid: of.appId,
    mch_id: of.mchId,
    nonce_str: of.nonce,
    sign_type: of.signType,
    transaction_id: of.transactionId,
    out_refund_no: of.outRefundNo,
    total_fee: String(of.totalFen),
    refund_fee: String(of.refundFen),
    notify_url: of.notifyUrl,
  };
  const desc = fitText(of.desc, 80).trim(); // "String(80)", which no page says is characters: bytes are safe in both readings.
  if (desc) request.refund_desc = desc;
  if (of.feeType !== "CNY") request.refund_fee_type = of.feeType;
  if (of.refundAccount) request.refund_account = of.refundAccount;
  return request;
}

/**
 * Submits a stored request with the client certificate. Throws `WechatError`; after an unknown result submit
 * the same request again, or ask with `queryRefunds`. An answer about another refund is an unknown result too.
 */
export async function requestRefund(
  merchant: Merchant,
  request: Record<string, string>,
): Promise<AcceptedRefund> {
  const call = { name: "refund", path: "/secapi/pay/refund", request, withCertificate: true } as const;
  const fields = await postXml(merchant, call);
  for (const name of ["transaction_id", "out_refund_no"]) {
    requireSame(name, fields[name] || undefined, request[name]);
  }
  for (const name of ["total_fee", "refund_fee"]) {
    requireSame(name, readFen(fields[name]) ?? undefined, readFen(request[name]) ?? undefined);
  }
  if (!isTransactionId(fields.refund_id))
    throw unknownResult("INCOMPLETE", "the answer has no readable refund_id");
  return {
    refundId: fields.refund_id,
    outRefundNo: request.out_refund_no ?? "",
    refundFen: Number(request.refund_fee),
    fields,
  };
}

function requireSame<T>(name: string, answered: T | undefined, asked: T | undefined): void {
  if (answered === undefined) throw unknownResult("INCOMPLETE", `the answer has no readable ${name}`);
  if (answered !== asked) throw unknownResult("NOT_OURS", `the answer's ${name} is not what was asked`);
}

function requireShape(of: RefundInput): void {
  const isFen = (fen: number) => Number.isSafeInteger(fen) && fen >= 1 && fen <= largestFen;
  const rules: [boolean, string][] = [
    [isTransactionId(of.transactionId), "transactionId is at most 32 letters and digits"],
    [isOutRefundNo(of.outRefundNo), "outRefundNo is 1 to 64 letters, digits, _-|*@"],
    [isFen(of.totalFen), `totalFen is an integer from 1 to ${largestFen}`],
    [isFen(of.refundFen) && of.refundFen <= of.totalFen, "refundFen is an integer from 1 to totalFen"],
    [/^[A-Z]{3}$/.test(of.feeType), "feeType is three capital letters"],
    [/^https?:\/\/[^?#]{1,248}$/.test(of.notifyUrl), "notifyUrl is at most 256 characters, no query"],
  ];
  for (const [holds, rule] of rules) if (!holds) throw new RangeError(`refund: ${rule}`);
}
