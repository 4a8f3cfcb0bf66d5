/**
 * The shapes of WeChat's numbers as they are received. All are text, never numbers: a transaction id has
 * 28 digits. Wider than what we send: older pages know no shortest length and allow `@`, and a number of
 * another system on the same merchant account is money all the same. Source: WeChat Pay APIv2 "统一下单".
 */

/** 商户订单号. */
export function isOutTradeNo(text: string | undefined): text is string {
  return text !== undefined && /^[0-9A-Za-z_\-|*@]{1,32}$/.test(text);
}

/** 微信订单号: 28 digits today, documented only as a text of up to 32 characters. */
export function isTransactionId(text: string | undefined): text is string {
  return text !== undefined && /^[0-9A-Za-z_-]{1,32}$/.test(text);
}

/** 商户退款单号. */
export function isOutRefundNo(text: string | undefined): text is string {
  return text !== undefined && /^[0-9A-Za-z_\-|*@]{1,64}$/.test(text);
}
