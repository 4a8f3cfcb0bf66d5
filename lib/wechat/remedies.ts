/** What WeChat's error codes ask for. Source: the error tables of WeChat Pay APIv2, call by call. */
import { WechatError } from "@/lib/wechat/errors";
import type { Fields } from "@/lib/wechat/xml";

export type PayCall = "unifiedorder" | "orderquery" | "closeorder" | "refund" | "refundquery";

type Advice = { again?: true; remedy: string }; // again: nobody knows whether it was done, repeat with the same numbers.

const setting = "check WECHAT_MCH_ID, WECHAT_APP_ID and their binding in the merchant platform";
const bug = "the request is malformed: report it as a bug";

const everywhere: Record<string, Advice> = {
  SYSTEMERROR: { again: true, remedy: "repeat the same request with the same numbers a little later" },
  FREQUENCY_LIMITED: { again: true, remedy: "too many calls: repeat the same request later" },
  频率限制: { again: true, remedy: "too many calls: repeat the same request later" },
  NOAUTH: { remedy: "this product is not enabled for the merchant: enable it in the merchant platform" },
  SIGNERROR: { remedy: "the signature was refused: check WECHAT_API_KEY and WECHAT_SIGN_TYPE" },
  APPID_NOT_EXIST: { remedy: setting },
  MCHID_NOT_EXIST: { remedy: setting },
  APPID_MCHID_NOT_MATCH: { remedy: setting },
  LACK_PARAMS: { remedy: bug },
  PARAM_ERROR: { remedy: bug },
  XML_FORMAT_ERROR: { remedy: bug },
  REQUIRE_POST_METHOD: { remedy: bug },
  POST_DATA_EMPTY: { remedy: bug },
  NOT_UTF8: { remedy: bug },
};

const byCall: Record<PayCall, Record<string, Advice>> = {
  unifiedorder: {
    INVALID_REQUEST: {
      remedy:
        "the number was used with other data: repeat the stored request, or close the number and take a new one",
    },
    OUT_TRADE_NO_USED: {
      remedy:
        "the number was used with other data: repeat the stored request, or close the number and take a new one",
    },
    NOTENOUGH: { remedy: "the buyer's balance is short: the buyer changes the means of payment" },
    ORDERPAID: { remedy: "the number is paid already: query it and settle it, do not create another" },
    ORDERCLOSED: { remedy: "the number is closed: take a new one" },
  },
  orderquery: {
    ORDERNOTEXIST: {
      remedy: "WeChat does not know the number: it was never submitted, or with another merchant's keys",
    },
  },
  closeorder: {
    ORDERPAID: { remedy: "the buyer has paid: query the number and settle it" },
    ORDERCLOSED: { remedy: "the number is closed already: nothing to do" },
    ORDERNOTEXIST: { remedy: "the number was never submitted: nothing to close" },
    TRADE_STATE_ERROR: { remedy: "the number is in a state that cannot be closed: query it" },
    SYSTEMERROR: { again: true, remedy: "query the number, then close it again" },
  },
  refund: {
    BIZERR_NEED_RETRY: {
      again: true,
      remedy: "repeat with the same out_refund_no: a new number may refund twice",
    },
    SYSTEMERROR: { again: true, remedy: "repeat with the same out_refund_no: a new number may refund twice" },
    NOTENOUGH: {
      remedy: "the merchant's balance is short: top it up, then repeat with the same out_refund_no",
    },
    TRADE_OVERDUE: { remedy: "paid more than a year ago: pay back by hand and record it" },
    USER_ACCOUNT_ABNORMAL: { remedy: "the buyer's account is closed: pay back by hand and record it" },
    INVALID_REQ_TOO_MUCH: { again: true, remedy: "too many refused calls: wait a minute or more" },
    FREQUENCY_LIMITED: {
      again: true,
      remedy: "not accepted: slow down and repeat with the same out_refund_no",
    },
    INVALID_TRANSACTIONID: { remedy: "the transaction id is wrong: compare it with the payment" },
    ORDERNOTEXIST: { remedy: "the order is unknown to WeChat or not paid: query the payment" },
    PARAM_ERROR: {
      remedy: "read WeChat's text: amounts changed for this number, or more than what is left to refund",
    },
    ERROR: {
      remedy: "read WeChat's text: amounts changed for this number, or more than what is left to refund",
    },
    INVALID_REQUEST: {
      remedy: "this out_refund_no was used with another amount or order: report it as a bug",
    },
    CERT_ERROR: {
      remedy: "the client certificate is missing, expired or another merchant's: check WECHAT_CERT_FILE",
    },
  },
  refundquery: {
    REFUNDNOTEXIST: {
      remedy: "WeChat does not know the refund: submit it again with the same out_refund_no",
    },
    INVALID_TRANSACTIONID: { remedy: "the transaction id is wrong: compare it with the payment" },
  },
};

/** The error that a verified `result_code=FAIL` means for this call, in WeChat's code and words. */
export function businessError(call: PayCall, fields: Fields): WechatError {
  const code = fields.err_code || "UNKNOWN";
  const advice = adviceFor(call, code);
  return new WechatError({
    kind: advice?.again ? "unknown_result" : "refused",
    code,
    text: fields.err_code_des || fields.return_msg || "no reason given",
    remedy:
      advice?.remedy ?? "an undocumented code: read WeChat's text, and query before anything is repeated",
  });
}

function adviceFor(call: PayCall, code: string): Advice | undefined {
  const wanted = spelling(code);
  for (const table of [byCall[call], everywhere]) {
    for (const [name, advice] of Object.entries(table)) if (spelling(name) === wanted) return advice;
  }
  return undefined;
}

/** Codes appear with and without underscores: ORDERNOTEXIST, ORDER_NOT_EXIST. */
function spelling(code: string): string {
  return code.toUpperCase().replaceAll("_", "");
}

/** Whether an error is WeChat's own `code`, whichever way it is spelled. */
export function hasCode(error: unknown, code: string): error is WechatError {
  return error instanceof WechatError && spelling(error.code) === spelling(code);
}
