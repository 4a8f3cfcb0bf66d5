import { randomBytes } from "node:crypto";
import type { Identity } from "@/lib/sandbox/identity/create-identity";
import type { Order } from "@/lib/sandbox/ledger/orders";
import type { Transaction } from "@/lib/sandbox/ledger/transactions";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";
import { type SignType, signFields } from "@/lib/wechat/signature";
import { writeXml } from "@/lib/wechat/xml";

/** What may be wrong with a payment notification. Its money is another matter. */
export const claims = ["forged", "weaker", "foreign-app", "foreign-mch", "fail"] as const;
export type Claim = (typeof claims)[number];

/**
 * The body of a payment result, with the fields WeChat sends and signed as the order was. `sign_type` is
 * not among them: WeChat often leaves it out, and a receiver that needs it would only work here.
 */
export function paymentMessage(input: {
  identity: Identity;
  order: Order;
  transaction: Transaction;
  claim?: Claim;
  totalFen?: number;
  feeType?: string;
}): string {
  const { identity, order, claim } = input;
  const fields: Record<string, string | undefined> = {
    appid: claim === "foreign-app" ? identity.foreignAppId : order.appId,
    mch_id: claim === "foreign-mch" ? identity.foreignMchId : identity.mchId,
    device_info: deviceInfoOf(order),
    nonce_str: randomBytes(16).toString("hex"),
    ...resultFields(claim),
    is_subscribe: "N",
    trade_type: order.tradeType,
    ...moneyFields({
      ...input.transaction,
      totalFen: input.totalFen ?? input.transaction.totalFen,
      feeType: input.feeType,
    }),
    out_trade_no: order.outTradeNo,
    attach: order.attach || undefined,
  };
  const apiKey = claim === "forged" ? `forged${randomBytes(13).toString("hex")}` : identity.apiKey;
  const signType: SignType = claim === "weaker" ? "MD5" : order.signType;
  return writeXml({ ...fields, sign: signFields(fields, { apiKey, signType }) });
}

/** The fields that say what was paid, by whom and when: the same in a notification and in a query's answer. */
export function moneyFields(transaction: Transaction & { feeType?: string }) {
  const coupon = transaction.couponFen;
  return {
    openid: transaction.openid,
    bank_type: transaction.bankType,
    total_fee: String(transaction.totalFen),
    fee_type: transaction.feeType ?? "CNY",
    cash_fee: String(Math.max(0, transaction.totalFen - coupon)),
    cash_fee_type: "CNY",
    ...(coupon > 0 && {
      // A coupon of WeChat's own: the buyer pays less, the merchant is settled less, total_fee stays.
      settlement_total_fee: String(Math.max(0, transaction.totalFen - coupon)),
      coupon_fee: String(coupon),
      coupon_count: "1",
      coupon_type_0: "NO_CASH",
      coupon_id_0: "10000",
      coupon_fee_0: String(coupon),
    }),
    transaction_id: transaction.transactionId,
    time_end: toBeijingStamp(new Date(transaction.paidAt)),
  };
}

export function deviceInfoOf(order: Order): string | undefined {
  const request: Record<string, string> = JSON.parse(order.request);
  return request.device_info || undefined;
}

function resultFields(claim: Claim | undefined) {
  if (claim !== "fail") return { return_code: "SUCCESS", result_code: "SUCCESS" };
  return { return_code: "SUCCESS", result_code: "FAIL", err_code: "PAYERROR", err_code_des: "银行扣款失败" };
}
