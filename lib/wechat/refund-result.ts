/** 退款结果通知: how a refund ended. It has no signature; what proves it is that it decrypts. Source: WeChat Pay APIv2 "退款结果通知". */
import { fromBeijingText } from "@/lib/wechat/beijing-time";
import { readFen } from "@/lib/wechat/fen";
import { decryptReqInfo } from "@/lib/wechat/req-info";
import { isOutRefundNo, isOutTradeNo, isTransactionId } from "@/lib/wechat/shapes";
import { type Fields, readXml } from "@/lib/wechat/xml";

/** CHANGE is not an end: the merchant acts in the portal and it may still succeed. REFUNDCLOSE: a new refund is needed. */
const statuses = ["SUCCESS", "CHANGE", "REFUNDCLOSE"] as const;

export type RefundResult = {
  appId: string;
  mchId: string;
  transactionId: string;
  outTradeNo: string;
  refundId: string;
  outRefundNo: string; // Unknown to us when refundRequestSource is VENDOR_PLATFORM: made by hand in the portal.
  status: (typeof statuses)[number];
  totalFen: number;
  refundFen: number;
  settlementTotalFen: number | null;
  settlementRefundFen: number | null;
  successAt: Date | null;
  refundRecvAccout: string | null; // WeChat's spelling: where the money went.
  refundAccount: string | null;
  refundRequestSource: string | null;
  /** Every field of the decrypted message. */
  fields: Fields;
};

export type RefundReading =
  | { kind: "unreadable"; tooLarge: boolean; reason: string }
  | { kind: "failed_communication"; reason: string; fields: Fields } // return_code=FAIL: there is nothing to decrypt.
  | { kind: "forged"; reason: string; fields: Fields }
  | { kind: "incomplete"; reason: string; fields: Fields } // fields: the decrypted ones.
  | { kind: "verified"; result: RefundResult };

/** Reads a refund result from its raw bytes. Never throws. appId and mchId stand outside the encryption: compare them. */
export function readRefundResult(body: Uint8Array, by: { apiKey: string }): RefundReading {
  const reading = readXml(body);
  if (!reading.ok) return { kind: "unreadable", tooLarge: reading.tooLarge, reason: reading.reason };
  const { fields } = reading;
  if (fields.return_code === "FAIL") {
    return { kind: "failed_communication", reason: fields.return_msg || "no reason given", fields };
  }
  if (!fields.req_info) return { kind: "forged", reason: "req_info is missing", fields };
  const xml = decryptReqInfo(fields.req_info, by);
  const inner = xml && readXml(xml, { root: "root" });
  if (!inner?.ok) {
    // Another key's padding may fit by chance, but not the first character, too.
    if (inner && xml.at(0) === 0x3c)
      return { kind: "incomplete", reason: `req_info: ${inner.reason}`, fields };
    return { kind: "forged", reason: "req_info does not decrypt with our key", fields };
  }
  const result = readResult(fields, inner.fields);
  return typeof result === "string"
    ? { kind: "incomplete", reason: result, fields: inner.fields }
    : { kind: "verified", result };
}

/** The result, or the reason why the fields are none. */
function readResult(outer: Fields, inner: Fields): RefundResult | string {
  const {
    transaction_id: transactionId,
    out_trade_no: outTradeNo,
    refund_id: refundId,
    out_refund_no: outRefundNo,
  } = inner;
  if (!outer.appid) return "appid is missing";
  if (!outer.mch_id) return "mch_id is missing";
  if (!isTransactionId(transactionId)) return "transaction_id is missing or malformed";
  if (!isOutTradeNo(outTradeNo)) return "out_trade_no is missing or malformed";
  if (!isTransactionId(refundId)) return "refund_id is missing or malformed";
  if (!isOutRefundNo(outRefundNo)) return "out_refund_no is missing or malformed";
  const status = statuses.find((known) => known === inner.refund_status);
  if (!status) return "refund_status is missing or unknown";
  const totalFen = readFen(inner.total_fee);
  const refundFen = readFen(inner.refund_fee);
  if (totalFen === null || refundFen === null) return "total_fee or refund_fee is not an amount in fen";
  if (refundFen > totalFen) return "refund_fee is more than total_fee";
  return {
    appId: outer.appid,
    mchId: outer.mch_id,
    transactionId,
    outTradeNo,
    refundId,
    outRefundNo,
    status,
    totalFen,
    refundFen,
    settlementTotalFen: readFen(inner.settlement_total_fee),
    settlementRefundFen: readFen(inner.settlement_refund_fee),
    successAt: fromBeijingText(inner.success_time ?? ""),
    refundRecvAccout: inner.refund_recv_accout || null,
    refundAccount: inner.refund_account || null,
    refundRequestSource: inner.refund_request_source || null,
    fields: inner,
  };
}
