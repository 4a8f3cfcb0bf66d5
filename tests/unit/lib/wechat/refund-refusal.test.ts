import { describe, expect, test } from "vitest";
import { ownCodes, unknownResult, WechatError } from "@/lib/wechat/errors";
import { buildRefund, requestRefund } from "@/lib/wechat/refund";
import { type RefundRefusal, refundRefusal } from "@/lib/wechat/refund-refusal";
import { clientIdentity } from "./client-identity";
import { appId, mchId, merchantAt, refusal, standIn } from "./stand-in";

const request = buildRefund({
  appId,
  mchId,
  signType: "HMAC-SHA256",
  nonce: "6cefdb308e1e2e8aabd48cf79e546a02",
  transactionId: "4200000000202604010000000001",
  outRefundNo: "RF20260402000001",
  totalFen: 8800,
  refundFen: 1200,
  feeType: "CNY",
  desc: "缺货",
  notifyUrl: "https://shop.example/wechat/notify/refund",
});

const byCode: [string, RefundRefusal][] = [
  ["SYSTEMERROR", "again"],
  ["BIZERR_NEED_RETRY", "again"],
  ["FREQUENCY_LIMITED", "slower"],
  ["频率限制", "slower"],
  ["INVALID_REQ_TOO_MUCH", "slower"],
  ["NOTENOUGH", "not_enough"],
  ["NOT_ENOUGH", "not_enough"],
  ["TRADE_OVERDUE", "by_hand"],
  ["USER_ACCOUNT_ABNORMAL", "by_hand"],
  ["CERT_ERROR", "certificate"],
  ["INVALID_TRANSACTIONID", "person"],
  ["ORDERNOTEXIST", "person"],
  ["ORDER_NOT_EXIST", "person"],
  ["PARAM_ERROR", "person"],
  ["ERROR", "person"],
  ["INVALID_REQUEST", "person"],
  ["NOAUTH", "person"],
  ["SIGNERROR", "person"],
  ["APPID_NOT_EXIST", "person"],
  ["MCHID_NOT_EXIST", "person"],
  ["APPID_MCHID_NOT_MATCH", "person"],
  ["XML_FORMAT_ERROR", "person"],
  ["REQUIRE_POST_METHOD", "person"],
  ["REFUND_FEE_MISMATCH", "person"],
  ["TRADE_STATE_ERROR", "person"],
  ["SOMETHING_NEW", "person"],
  ["", "person"],
];

describe("what WeChat refused", () => {
  test.each(byCode)("%s asks for: %s", async (code, expected) => {
    const error = await refusedBy(code, "不行");

    expect(refundRefusal(error)).toBe(expected);
  });

  test.each(byCode.filter(([code]) => /[A-Z]/.test(code)))(
    "%s without underscores, and in small letters, as well",
    async (code, expected) => {
      expect(refundRefusal(await refusedBy(code.replaceAll("_", ""), "不行"))).toBe(expected);
      expect(refundRefusal(await refusedBy(code.toLowerCase(), "不行"))).toBe(expected);
    },
  );

  test.each([
    ["NOTENOUGH", "商户当日退款额度不足"],
    ["PARAM_ERROR", "超出单日退款限额"],
    ["ERROR", "今日退款笔数已达上限，请明日再试"],
    ["SYSTEMERROR", "已超过每日退款金额上限"],
    ["INVALID_REQUEST", "退款金额超过日限额"],
    ["SOMETHING_NEW", "日累计退款达到限额"],
  ])("%s with the text %s is a day's quota", async (code, text) => {
    expect(refundRefusal(await refusedBy(code, text))).toBe("quota");
  });

  test.each<[string, string, RefundRefusal]>([
    ["PARAM_ERROR", "申请退款金额大于订单剩余可退金额", "person"],
    ["ERROR", "订单已全额退款", "person"],
    ["NOTENOUGH", "基本账户余额不足，请充值后重新发起", "not_enough"],
    ["INVALID_REQUEST", "部分退款次数已达上限", "person"],
    ["PARAM_ERROR", "今日系统维护", "person"],
    ["TRADE_OVERDUE", "订单已超过可退款的最大期限(一年)", "by_hand"],
  ])("%s with the text %s is none", async (code, text, expected) => {
    expect(refundRefusal(await refusedBy(code, text))).toBe(expected);
  });
});

describe("what WeChat did not answer", () => {
  test.each(Object.keys(ownCodes) as (keyof typeof ownCodes)[])("%s asks for the same again", (code) => {
    expect(refundRefusal(unknownResult(code, "no answer in time"))).toBe("again");
  });

  test.each(["证书错误", "证书已过期，请更换", "商户证书校验失败", "The Certificate is not valid"])(
    "an unsigned %s is about the certificate",
    (text) => {
      expect(refundRefusal(unknownResult("RETURN_FAIL", text))).toBe("certificate");
    },
  );

  test.each(["签名失败", "参数格式校验错误", "appid不存在"])("an unsigned %s is not", (text) => {
    expect(refundRefusal(unknownResult("RETURN_FAIL", text))).toBe("again");
  });

  test.each<[string, RefundRefusal]>([
    ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "certificate"],
    ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "certificate"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "certificate"],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "certificate"],
    ["ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "again"],
    ["CERT_HAS_EXPIRED", "again"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "again"],
    ["ECONNRESET", "again"],
  ])("a connection that ends in %s asks for: %s", (text, expected) => {
    expect(refundRefusal(unknownResult("NETWORK", text))).toBe(expected);
  });

  test("a shop without a certificate has trouble with its certificate", async () => {
    const server = await standIn(refusal("SYSTEMERROR", "不行"));

    expect(refundRefusal(await failureOf(requestRefund(merchantAt(server.url), request)))).toBe(
      "certificate",
    );
  });

  test.each(["400 No required SSL certificate was sent", "400 The SSL certificate error"])(
    "nginx's page %s is about the certificate",
    async (page) => {
      const server = await standIn((_received, response) =>
        response.writeHead(400, { "content-type": "text/html" }).end(`<html><title>${page}</title></html>`),
      );
      const merchant = merchantAt(server.url, await clientIdentity());

      expect(refundRefusal(await failureOf(requestRefund(merchant, request)))).toBe("certificate");
    },
  );
});

async function refusedBy(code: string, text: string): Promise<WechatError> {
  const server = await standIn(refusal(code, text));
  return failureOf(requestRefund(merchantAt(server.url, await clientIdentity()), request));
}

async function failureOf(promise: Promise<unknown>): Promise<WechatError> {
  const error = await promise.then(
    () => new Error("nothing failed"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof WechatError) return error;
  throw error;
}
