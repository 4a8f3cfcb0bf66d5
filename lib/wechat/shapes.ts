/**
 * The shapes of WeChat's numbers. All are text, never numbers: a transaction id has 28 digits.
 * Source: WeChat Pay APIv2 "统一下单", and tolerant where older pages differ.
 */

/** 商户订单号. Older pages also allow `@`. */
export function isOutTradeNo(text: string | undefined): text is string {
  return text !== undefined && /^[0-9A-Za-z_\-|*@]{6,32}$/.test(text);
}

/** 微信订单号: 28 digits today, documented only as a text of up to 32 characters. */
export function isTransactionId(text: string | undefined): text is string {
  return text !== undefined && /^[0-9A-Za-z_-]{1,32}$/.test(text);
}

/** 商户退款单号. */
export function isOutRefundNo(text: string | undefined): text is string {
  return text !== undefined && /^[0-9A-Za-z_\-|*@]{1,64}$/.test(text);
}
