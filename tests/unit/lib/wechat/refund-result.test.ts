import { describe, expect, test } from "vitest";
import { readRefundResult } from "@/lib/wechat/refund-result";
import { encryptReqInfo } from "@/lib/wechat/req-info";
import { writeXml } from "@/lib/wechat/xml";
import vectors from "@/tests/vectors/signatures-and-ciphers.json" with { type: "json" };

const apiKey = "192006250b4c09247ec02edce69f6a2d";
const outer = {
  return_code: "SUCCESS",
  appid: "wxd930ea5d5a258f4f",
  mch_id: "10000100",
  nonce_str: "5d2b6c2a8db53831f7eda20af46e531c",
};
const inner = {
  transaction_id: "4200000000202604010000000001",
  out_trade_no: "SO20260401000001",
  refund_id: "50000408942018111907145868882",
  out_refund_no: "RF20260402000001",
  total_fee: "8800",
  refund_fee: "1200",
  refund_status: "SUCCESS",
  success_time: "2026-04-02 10:00:00",
};

describe("a refund result", () => {
  test("of the vector decrypts and reads", () => {
    const vector = vectors.vectors.find(({ name }) => name === "refund-notify-req_info");
    const req_info = Object(vector?.input).ciphertext;

    expect(readRefundResult(Buffer.from(writeXml({ ...outer, req_info })), { apiKey })).toMatchObject({
      kind: "verified",
      result: {
        appId: outer.appid,
        mchId: outer.mch_id,
        transactionId: "4200000215201811190261405420",
        outTradeNo: "71106718111915575302817",
        refundId: "50000408942018111907145868882",
        outRefundNo: "131811191610442717309",
        status: "SUCCESS",
        totalFen: 3960,
        refundFen: 3960,
        settlementTotalFen: 3960,
        settlementRefundFen: 3960,
        successAt: new Date("2018-11-19T08:24:13Z"),
        refundRecvAccout: "支付用户零钱",
        refundAccount: "REFUND_SOURCE_RECHARGE_FUNDS",
        refundRequestSource: "API",
      },
    });
  });

  test.each(["SUCCESS", "CHANGE", "REFUNDCLOSE"])("can be %s", (refund_status) => {
    expect(read({ ...inner, refund_status })).toMatchObject({
      kind: "verified",
      result: { status: refund_status },
    });
  });

  test("has no success time unless it succeeded", () => {
    expect(read({ ...inner, refund_status: "CHANGE", success_time: undefined })).toMatchObject({
      result: { successAt: null },
    });
  });

  test("made by hand in the portal says so", () => {
    expect(read({ ...inner, refund_request_source: "VENDOR_PLATFORM" })).toMatchObject({
      result: { refundRequestSource: "VENDOR_PLATFORM" },
    });
  });

  test("with return_code FAIL is not decrypted", () => {
    const body = Buffer.from(writeXml({ return_code: "FAIL", return_msg: "系统错误", req_info: "garbage" }));

    expect(readRefundResult(body, { apiKey })).toMatchObject({
      kind: "failed_communication",
      reason: "系统错误",
    });
  });

  test.each([
    ["for another key", encryptReqInfo(writeXml(inner, { root: "root" }), { apiKey: "0".repeat(32) })],
    ["as no Base64", "!!!"],
    ["as half a block", "AAAA"],
    ["empty", ""],
    ["around something that is no XML", encryptReqInfo("hello", { apiKey })],
  ])("encrypted %s is forged", (_what, req_info) => {
    expect(readRefundResult(Buffer.from(writeXml({ ...outer, req_info })), { apiKey })).toMatchObject({
      kind: "forged",
    });
  });

  test.each([
    ["a DOCTYPE", "<!DOCTYPE root><root></root>"],
    ["another root", writeXml(inner)],
    ["an element in an element", "<root><a><b>1</b></a></root>"],
  ])("%s, encrypted with our key, is refused for what it is and read no further", (_what, xml) => {
    const req_info = encryptReqInfo(xml, { apiKey });

    expect(readRefundResult(Buffer.from(writeXml({ ...outer, req_info })), { apiKey })).toMatchObject({
      kind: "incomplete",
      reason: expect.stringMatching(/^req_info: /),
    });
  });

  test.each<[string, Record<string, string | undefined>]>([
    ["a transaction", { transaction_id: undefined }],
    ["an order", { out_trade_no: undefined }],
    ["a refund number of WeChat's", { refund_id: undefined }],
    ["a refund number of ours", { out_refund_no: "" }],
    ["a known status", { refund_status: "PROCESSING" }],
    ["an amount", { refund_fee: "12.00" }],
    ["an amount within the order's", { refund_fee: "8801" }],
  ])("without %s is incomplete", (_what, change) => {
    expect(read({ ...inner, ...change })).toMatchObject({ kind: "incomplete" });
  });

  test("without our numbers outside is incomplete, whatever is inside", () => {
    const req_info = encryptReqInfo(writeXml(inner, { root: "root" }), { apiKey });

    expect(
      readRefundResult(Buffer.from(writeXml({ ...outer, appid: undefined, req_info })), { apiKey }),
    ).toMatchObject({ kind: "incomplete" });
    expect(
      readRefundResult(Buffer.from(writeXml({ ...outer, mch_id: undefined, req_info })), { apiKey }),
    ).toMatchObject({ kind: "incomplete" });
  });

  test("that cannot be read is unreadable", () => {
    expect(readRefundResult(Buffer.from("<a/>"), { apiKey })).toMatchObject({
      kind: "unreadable",
      tooLarge: false,
    });
  });
});

function read(fields: Record<string, string | undefined>) {
  const req_info = encryptReqInfo(writeXml(fields, { root: "root" }), { apiKey });
  return readRefundResult(Buffer.from(writeXml({ ...outer, req_info })), { apiKey });
}
