import { OpenError } from "@/lib/sandbox/open-api/open-error";

/** The codes of 小程序发货信息管理服务, in its words. Source: WeChat "发货信息录入", 错误码. */
const shippingErrors = {
  10060001: "支付单不存在",
  10060002: "支付单已完成发货，无法继续发货",
  10060003: "支付单已使用重新发货机会",
  10060004: "支付单处于不可发货的状态",
  10060005: "物流类型有误",
  10060006: "非快递发货时不允许分拆发货",
  10060007: "分拆发货模式下必须填写 is_all_delivered 字段",
  10060008: "商品描述 item_desc 字段不能为空",
  10060009: "商品描述 item_desc 字段太长",
  10060014: "参数错误",
  10060023: "发货信息未更新",
  10060024: "物流信息列表太长",
  10060025: "物流公司编码太长",
  10060026: "物流单号太长",
  10060031: "该笔支付单不属于 openid 所指定的用户",
  268485194: "订单单号类型非法",
  268485195: "微信支付单号形式下 transaction_id 字段不能为空",
  268485196: "商户侧单号形式下 mchid 字段不能为空",
  268485197: "商户侧单号形式下 out_trade_no 字段不能为空",
  268485216: "上传时间非法，请按照 RFC 3339 格式填写",
  268485224: "发货模式非法",
  268485226: "物流单号不能为空",
  268485227: "物流公司编码不能为空",
  268485228: "统一发货模式下，物流信息列表长度必须为 1",
} as const;

/** `saying` is for 10060014, whose text names the parameter. */
export function shippingError(errcode: keyof typeof shippingErrors, saying?: string): OpenError {
  return new OpenError(errcode, saying ?? shippingErrors[errcode]);
}
