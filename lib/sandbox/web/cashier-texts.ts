import type { Text } from "@/lib/sandbox/web/language";

export const cashierTexts = {
  title: { zh: "收银台", en: "Cashier" },
  payTo: { zh: "付款给", en: "Pay to" },
  goods: { zh: "商品", en: "For" },
  number: { zh: "商户单号", en: "Order number" },
  payer: { zh: "付款人", en: "Payer" },
  pay: { zh: "确认支付", en: "Pay" },
  cancel: { zh: "取消支付", en: "Cancel" },
  paidTitle: { zh: "支付成功", en: "Payment successful" },
  paidNote: { zh: "通知已发往商户", en: "The merchant is being notified" },
  done: { zh: "完成", en: "Done" },
  close: {
    zh: "可以关闭此页面，商户页面会自动更新",
    en: "You may close this page; the shop's page updates by itself",
  },
  cancelledTitle: { zh: "已取消支付", en: "Payment cancelled" },
  cancelledNote: { zh: "没有扣款", en: "Nothing was taken" },
  back: { zh: "返回商户", en: "Back to the shop" },
  problemTitle: { zh: "无法支付", en: "Cannot pay" },
  merchant: { zh: "沙箱商户", en: "Sandbox merchant" },
} as const satisfies Record<string, Text>;

/** What WeChat writes on its own pages, and what it means. */
export const cashierProblems = {
  lapsed: {
    zh: "支付请求已失效，请重新发起支付",
    en: "This payment request has lapsed. Please start the payment again from the shop.",
  },
  noReferer: {
    zh: "商家参数格式有误，请联系商家解决",
    en: "The merchant's parameters are wrong: the page was opened without a Referer. Open it from the shop's page.",
  },
  wrongDomain: {
    zh: "商家存在未配置的参数，请联系商家解决",
    en: "The merchant's redirect_url is not on the domain it registered.",
  },
  insideWechat: {
    zh: "请在微信外打开订单，进行支付",
    en: "Please open this order outside WeChat: inside WeChat a shop uses JSAPI.",
  },
  unknown: { zh: "订单不存在", en: "There is no such payment." },
  paid: { zh: "该订单已支付", en: "This order has been paid already." },
  closed: { zh: "订单已关闭", en: "This order is closed." },
  failed: { zh: "支付失败：银行扣款失败", en: "The payment failed: the bank refused it. Nothing was taken." },
  expired: { zh: "订单已过期，请重新下单", en: "This order has expired. Please order again." },
} as const satisfies Record<string, Text>;

export type CashierProblem = keyof typeof cashierProblems;
