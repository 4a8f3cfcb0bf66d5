import type { Text } from "@/lib/sandbox/web/language";

export const refundTexts = {
  refunds: { zh: "退款", en: "Refunds" },
  noRefunds: { zh: "没有退款。", en: "No refunds." },
  number: { zh: "商户退款单号 / 微信退款单号", en: "Refund number / refund id" },
  amount: { zh: "退款金额", en: "Amount" },
  to: { zh: "退款入账账户", en: "Paid back to" },
  from: { zh: "出资与来源", en: "From, and by whom" },
  asked: { zh: "请求 / 执行", en: "Asked / executed" },
  at: { zh: "时间（北京）", en: "At (Beijing)" },
  succeed: { zh: "退款成功", en: "Succeed" },
  change: { zh: "退款异常", en: "Abnormal" },
  close: { zh: "退款关闭", en: "Close" },
  until: { zh: "预计", en: "due" },
  whenTold: { zh: "等待手动处理", en: "until told" },
  formTitle: { zh: "退款，并让它出错", en: "Refund, and make it go wrong" },
  formNote: {
    zh: "“在商户平台退款”立即发起，用微信自己的退款单号；“下一笔退款照此执行”等商城来申请。",
    en: "“Refund in the portal” starts one now, under a number of WeChat's own; “Do this to the next refund” waits for the shop to ask.",
  },
  refundFen: { zh: "退款金额（分）", en: "Fen to refund" },
  outcome: { zh: "结果", en: "Ends with" },
  settleSeconds: { zh: "处理秒数（空为默认）", en: "Seconds until it ends (empty: as set)" },
  hold: { zh: "一直处理中，直到手动处理", en: "Stays processing until told" },
  recvAccount: { zh: "入账账户（空为零钱）", en: "Paid back to (empty: 零钱)" },
  recharge: { zh: "从可用余额出资", en: "Pay from the available balance" },
  claim: { zh: "退款通知内容", en: "The refund's notification" },
  right: { zh: "正确", en: "is right" },
  forged: { zh: "伪造：密钥错误", en: "is forged: wrong key" },
  "foreign-app": { zh: "别人的 appid", en: "names another appid" },
  "foreign-mch": { zh: "别人的商户号", en: "names another mch_id" },
  fail: { zh: "通信失败 return_code=FAIL", en: "says return_code=FAIL" },
  notifyRefundFen: { zh: "仅通知中的退款分", en: "Fen refunded, in the notification only" },
  lateSeconds: { zh: "退款通知迟到秒数", en: "Refund notification late by seconds" },
  copies: { zh: "退款通知份数", en: "Refund notifications at once" },
  drops: { zh: "丢失前几次退款通知", en: "First refund tries lost" },
  portal: { zh: "在商户平台退款", en: "Refund in the portal" },
  plan: { zh: "下一笔退款照此执行", en: "Do this to the next refund" },
  purses: { zh: "商户资金", en: "The merchant's purses" },
  pursesNote: {
    zh: "退款从这里出资；收款不会自动进来。余额不足时退款返回 NOTENOUGH。",
    en: "Refunds are paid from here; payments do not fill them. With too little in it a refund gets NOTENOUGH.",
  },
  unsettled: { zh: "未结算资金", en: "Unsettled funds" },
  rechargeFunds: { zh: "可用余额", en: "Available balance" },
  unsettledFen: { zh: "未结算资金设为（分）", en: "Set unsettled funds to (fen)" },
  rechargeFen: { zh: "可用余额设为（分）", en: "Set the available balance to (fen)" },
  topUpFen: { zh: "充值未结算资金（分）", en: "Top up unsettled funds by (fen)" },
  setPurses: { zh: "更新资金", en: "Update purses" },
  settings: { zh: "退款规则", en: "How refunds go" },
  settingsSeconds: { zh: "受理到结果的秒数", en: "Seconds from acceptance to result" },
  slowBank: { zh: "银行迟迟不处理，直到手动处理", en: "A slow bank: nothing ends until told" },
  gapSeconds: { zh: "同一支付两次退款的间隔秒数", en: "Seconds between two refunds of one payment" },
  saveSettings: { zh: "保存规则", en: "Save" },
} as const satisfies Record<string, Text>;

/** WeChat's words for refund_status. */
export const refundStates: Record<string, Text> = {
  PROCESSING: { zh: "退款处理中", en: "Processing" },
  SUCCESS: { zh: "退款成功", en: "Succeeded" },
  CHANGE: { zh: "退款异常", en: "Abnormal" },
  REFUNDCLOSE: { zh: "退款关闭", en: "Closed" },
};

export const refundSources: Record<string, Text> = {
  API: { zh: "商城申请", en: "asked for by the shop" },
  VENDOR_PLATFORM: { zh: "商户平台", en: "by hand in the portal" },
};
