/** One merchant's way to api.mch.weixin.qq.com: signed requests out, verified answers in. */
import { unknownResult } from "@/lib/wechat/errors";
import { newNonce } from "@/lib/wechat/nonce";
import { businessError, type PayCall } from "@/lib/wechat/remedies";
import { isWeaker, type SignType, signFields, verifyFields } from "@/lib/wechat/signature";
import { createTransport, type Transport, type TransportOptions } from "@/lib/wechat/transport";
import { type Fields, readXml, writeXml } from "@/lib/wechat/xml";

export type Merchant = {
  mchId: string;
  apiKey: string;
  /** What new orders are signed with. Each order keeps the one it was made with. */
  signType: SignType;
  payUrl: string;
  nonce(): string;
  transport: Transport;
};

/** `payUrl` is an origin with an optional path prefix; the client certificate is read when a call first needs it. */
export function createMerchant(
  options: {
    mchId: string;
    apiKey: string;
    signType: SignType;
    payUrl: string;
    nonce?: () => string;
  } & TransportOptions,
): Merchant {
  return {
    mchId: options.mchId,
    apiKey: options.apiKey,
    signType: options.signType,
    payUrl: options.payUrl.replace(/\/+$/, ""),
    nonce: options.nonce ?? newNonce,
    transport: createTransport(options),
  };
}

/**
 * Signs a flat request, posts it and answers the fields of a verified `result_code=SUCCESS` answer.
 * The request carries its own appid, mch_id, nonce_str and sign_type and is sent byte for byte as given,
 * so a stored one repeats itself. No field of an answer is used before its signature has been verified
 * with at least the algorithm asked for. Throws `WechatError`.
 */
export async function postXml(
  merchant: Merchant,
  call: { name: PayCall; path: string; request: Record<string, string>; withCertificate?: boolean },
): Promise<Fields> {
  const signType: SignType = call.request.sign_type === "HMAC-SHA256" ? "HMAC-SHA256" : "MD5"; // APIv2's default.
  const sign = signFields(call.request, { apiKey: merchant.apiKey, signType });
  const body = await merchant.transport.send({
    method: "POST",
    url: `${merchant.payUrl}${call.path}`,
    contentType: "text/xml; charset=utf-8",
    body: writeXml({ ...call.request, sign }),
    withCertificate: call.withCertificate,
  });
  const fields = verifyAnswer(body, { apiKey: merchant.apiKey, signType, request: call.request });
  if (fields.result_code !== "SUCCESS") throw businessError(call.name, fields);
  return fields;
}

function verifyAnswer(
  body: Uint8Array,
  by: { apiKey: string; signType: SignType; request: Record<string, string> },
): Fields {
  const reading = readXml(body);
  if (!reading.ok) throw unknownResult("UNREADABLE", reading.reason);
  const { fields } = reading;
  if (fields.return_code !== "SUCCESS") {
    throw unknownResult("RETURN_FAIL", fields.return_msg || "no reason given");
  }
  const verified = verifyFields(fields, by);
  if (verified === null) throw unknownResult("UNVERIFIED", "the signature does not verify");
  if (isWeaker(verified, by.signType))
    throw unknownResult("UNVERIFIED", `signed with ${verified}, not ${by.signType}`);
  for (const name of ["appid", "mch_id"]) {
    if (fields[name] !== by.request[name])
      throw unknownResult("NOT_OURS", `the answer's ${name} is not ours`);
  }
  if (
    fields.out_trade_no !== undefined &&
    by.request.out_trade_no !== undefined &&
    fields.out_trade_no !== by.request.out_trade_no
  ) {
    throw unknownResult("NOT_OURS", "the answer's out_trade_no is another order's");
  }
  if (fields.result_code !== "SUCCESS" && fields.result_code !== "FAIL") {
    throw unknownResult("INCOMPLETE", "the answer has no result_code");
  }
  return fields;
}
