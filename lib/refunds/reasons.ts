/** Why money goes back. Codes of the API; their words are `common.refundReason` in the catalogue. */
export const buyerReasons = [
  "unwanted",
  "wrong_item",
  "damaged",
  "not_as_described",
  "not_received",
  "too_late",
  "other",
] as const;

/** What a person of the shop may choose, too. */
export const staffReasons = [...buyerReasons, "out_of_stock", "goodwill"] as const;

/** With the shop's own: money that nobody may keep, and refunds that WeChat's portal made. */
export const refundReasons = [...staffReasons, "surplus", "mismatch", "unknown", "portal"] as const;
export type RefundReason = (typeof refundReasons)[number];

/** What the buyer reads in WeChat (refund_desc), whatever language the shop's pages are in. */
export const wordsForWechat: Record<RefundReason, string> = {
  unwanted: "不想要了",
  wrong_item: "商品发错",
  damaged: "商品破损",
  not_as_described: "与描述不符",
  not_received: "未收到货",
  too_late: "发货太慢",
  other: "其他原因",
  out_of_stock: "商品缺货",
  goodwill: "商家补偿",
  surplus: "重复或超时支付退回",
  mismatch: "金额不符退回",
  unknown: "无对应订单退回",
  portal: "商户平台退款",
};
