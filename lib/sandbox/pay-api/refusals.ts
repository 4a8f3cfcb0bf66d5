import type { Fields } from "@/lib/wechat/xml";

/**
 * How WeChat says no. A malformed or unsigned message gets return_code FAIL with nothing but a text, not
 * signed; everything else is a signed answer with result_code FAIL. Source: APIv2 "错误码" of each call.
 */
export const refusalTexts = {
  REQUIRE_POST_METHOD: "请使用post方法",
  POST_DATA_EMPTY: "post数据为空",
  NOT_UTF8: "编码格式错误",
  XML_FORMAT_ERROR: "XML格式错误",
  LACK_PARAMS: "缺少参数",
  PARAM_ERROR: "参数格式校验错误",
  SIGNERROR: "签名失败",
  APPID_NOT_EXIST: "appid不存在",
  MCHID_NOT_EXIST: "mch_id不存在",
  APPID_MCHID_NOT_MATCH: "appid和mch_id不匹配",
  NOAUTH: "商户无此接口权限",
  ORDERPAID: "该订单已支付",
  ORDERCLOSED: "订单已关闭",
  ORDERNOTEXIST: "订单不存在",
  INVALID_REQUEST: "201 商户订单号重复",
  TRADE_STATE_ERROR: "订单生成不足五分钟，不能关闭",
  SYSTEMERROR: "系统繁忙，请稍后再试",
  FREQUENCY_LIMITED: "频率限制，请稍后再试",
  INVALID_TRANSACTIONID: "无效transaction_id",
  REFUNDNOTEXIST: "退款单不存在",
  TRADE_OVERDUE: "订单已经超过退款期限",
  NOTENOUGH: "交易未结算资金不足，请使用可用余额退款",
  ERROR: "申请退款金额大于订单剩余可退金额",
} as const;

export type RefusalCode = keyof typeof refusalTexts;

const unsigned: ReadonlySet<string> = new Set<RefusalCode>([
  "REQUIRE_POST_METHOD",
  "POST_DATA_EMPTY",
  "NOT_UTF8",
  "XML_FORMAT_ERROR",
  "LACK_PARAMS",
  "PARAM_ERROR",
  "SIGNERROR",
  "APPID_NOT_EXIST",
  "MCHID_NOT_EXIST",
  "APPID_MCHID_NOT_MATCH",
]);

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly text: string,
    /** A malformed message is refused without a signature, unless its form was right and only its content is not. */
    readonly signed = !unsigned.has(code),
  ) {
    super(`${code}: ${text}`);
  }
}

/** The refusal with WeChat's text, or with a more exact one. */
export function refuse(code: RefusalCode, detail?: string): Refusal {
  return new Refusal(code, detail ? `${refusalTexts[code]}：${detail}` : refusalTexts[code]);
}

/** The code with a text of its own, signed. */
export function refuseSaying(code: RefusalCode, text: string): Refusal {
  return new Refusal(code, text, true);
}

/** The three that every answer repeats. */
export function echoOf(fields: Fields): Record<string, string | undefined> {
  return { appid: fields.appid, mch_id: fields.mch_id, device_info: fields.device_info || undefined };
}
