import { randomBytes } from "node:crypto";
import type { Identity } from "@/lib/sandbox/identity/create-identity";
import type { Order } from "@/lib/sandbox/ledger/orders";
import type { Refund } from "@/lib/sandbox/ledger/refunds";
import type { Transaction } from "@/lib/sandbox/ledger/transactions";
import { toBeijingText } from "@/lib/wechat/beijing-time";
import { encryptReqInfo } from "@/lib/wechat/req-info";
import { writeXml } from "@/lib/wechat/xml";

/** What may be wrong with a refund's notification. Its money is another matter. */
export const refundClaims = ["forged", "foreign-app", "foreign-mch", "fail"] as const;
type RefundClaim = (typeof refundClaims)[number];

/** The body of a refund's result: nothing is signed, what matters is encrypted with the API key. */
export function refundMessage(input: {
  identity: Identity;
  order: Order;
  transaction: Transaction;
  refund: Refund;
  claim?: RefundClaim;
  refundFen?: number;
}): string {
  const { identity, claim } = input;
  const outer = {
    return_code: claim === "fail" ? "FAIL" : "SUCCESS",
    return_msg: claim === "fail" ? "系统错误" : undefined,
    appid: claim === "foreign-app" ? identity.foreignAppId : input.order.appId,
    mch_id: claim === "foreign-mch" ? identity.foreignMchId : identity.mchId,
    nonce_str: randomBytes(16).toString("hex"),
  };
  if (claim === "fail") return writeXml(outer); // There is nothing to decrypt.
  const apiKey = claim === "forged" ? `forged${randomBytes(13).toString("hex")}` : identity.apiKey;
  return writeXml({ ...outer, req_info: encryptReqInfo(innerMessage(input), { apiKey }) });
}

function innerMessage(input: { transaction: Transaction; refund: Refund; refundFen?: number }): string {
  const { transaction, refund } = input;
  const refundFen = input.refundFen ?? refund.refundFen;
  const fields = {
    out_refund_no: refund.outRefundNo,
    out_trade_no: refund.outTradeNo,
    refund_account: refund.account,
    refund_fee: String(refundFen),
    refund_id: refund.refundId,
    refund_recv_accout: refund.recvAccount, // WeChat's spelling.
    refund_request_source: refund.source,
    refund_status: refund.status,
    settlement_refund_fee: String(Math.max(0, refundFen - refund.couponFen)),
    settlement_total_fee: String(Math.max(0, transaction.totalFen - transaction.couponFen)),
    success_time:
      refund.status === "SUCCESS" && refund.settledAt !== null
        ? toBeijingText(new Date(refund.settledAt))
        : undefined,
    total_fee: String(transaction.totalFen),
    transaction_id: refund.transactionId,
  };
  return writeXml(fields, { root: "root" });
}
