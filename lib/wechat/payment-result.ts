/** 支付结果通知: WeChat tells us that an order was paid. Source: WeChat Pay APIv2 "支付结果通知". */
import { fromBeijingStamp } from "@/lib/wechat/beijing-time";
import { readFen } from "@/lib/wechat/fen";
import { isOutTradeNo, isTransactionId } from "@/lib/wechat/shapes";
import { type SignType, verifyFields } from "@/lib/wechat/signature";
import { type Fields, readXml } from "@/lib/wechat/xml";

type PaymentFacts = {
  appId: string;
  mchId: string;
  outTradeNo: string;
  feeType: string | null; // Absent means CNY.
  openid: string | null;
  tradeType: string | null;
  bankType: string | null;
  paidAt: Date | null; // Null when time_end is absent or not a time: the money is no less real.
  attach: string | null;
  errCode: string | null;
  errCodeDes: string | null;
  /** Every field received, known or not. */
  fields: Fields;
};

/** `totalFen` is what the order asked for, never cash_fee: compare it, feeType, appId and mchId with the payment. */
export type PaymentResult =
  | (PaymentFacts & { resultCode: "SUCCESS"; transactionId: string; totalFen: number })
  | (PaymentFacts & { resultCode: "FAIL"; transactionId: string | null; totalFen: number | null });

export type PaymentReading =
  | { kind: "unreadable"; tooLarge: boolean; reason: string }
  | { kind: "failed_communication"; reason: string; fields: Fields } // return_code=FAIL: unsigned, says nothing about money.
  | { kind: "forged"; reason: string; fields: Fields }
  | { kind: "incomplete"; signType: SignType; reason: string; fields: Fields } // Signed with our key, but not a payment result.
  | { kind: "verified"; signType: SignType; result: PaymentResult };

/** Reads and verifies a payment result from its raw bytes. Never throws. Whose it is and what it settles is the caller's to decide. */
export function readPaymentResult(body: Uint8Array, by: { apiKey: string }): PaymentReading {
  const reading = readXml(body);
  if (!reading.ok) return { kind: "unreadable", tooLarge: reading.tooLarge, reason: reading.reason };
  const { fields } = reading;
  if (fields.return_code === "FAIL") {
    return { kind: "failed_communication", reason: fields.return_msg || "no reason given", fields };
  }
  const signType = verifyFields(fields, by);
  if (signType === null) {
    return {
      kind: "forged",
      reason: fields.sign ? "the signature does not verify" : "the signature is missing",
      fields,
    };
  }
  const result = readResult(fields);
  return typeof result === "string"
    ? { kind: "incomplete", signType, reason: result, fields }
    : { kind: "verified", signType, result };
}

/** The result, or the reason why the fields are none. */
function readResult(fields: Fields): PaymentResult | string {
  const { appid, mch_id: mchId, out_trade_no: outTradeNo, result_code: resultCode } = fields;
  if (fields.return_code !== "SUCCESS") return "return_code is missing";
  if (!appid) return "appid is missing";
  if (!mchId) return "mch_id is missing";
  if (!isOutTradeNo(outTradeNo)) return "out_trade_no is missing or malformed";
  const facts: PaymentFacts = {
    appId: appid,
    mchId,
    outTradeNo,
    feeType: fields.fee_type || null,
    openid: fields.openid || null,
    tradeType: fields.trade_type || null,
    bankType: fields.bank_type || null,
    paidAt: fromBeijingStamp(fields.time_end ?? ""),
    attach: fields.attach || null,
    errCode: fields.err_code || null,
    errCodeDes: fields.err_code_des || null,
    fields,
  };
  const transactionId = isTransactionId(fields.transaction_id) ? fields.transaction_id : null;
  const totalFen = readFen(fields.total_fee);
  if (resultCode === "FAIL") return { ...facts, resultCode, transactionId, totalFen };
  if (resultCode !== "SUCCESS") return "result_code is missing or unknown";
  if (!transactionId) return "transaction_id is missing or malformed";
  if (totalFen === null) return "total_fee is missing or not an amount in fen";
  return { ...facts, resultCode, transactionId, totalFen };
}
