/** 查询订单: what WeChat knows of one out_trade_no. Source: WeChat Pay APIv2 "查询订单". */
import { fromBeijingStamp } from "@/lib/wechat/beijing-time";
import { unknownResult, type WechatError } from "@/lib/wechat/errors";
import { readFen } from "@/lib/wechat/fen";
import { type Merchant, postXml } from "@/lib/wechat/merchant";
import { hasCode } from "@/lib/wechat/remedies";
import { isTransactionId } from "@/lib/wechat/shapes";
import type { SignType } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

/** States that promise nothing but themselves: of the rest only what WeChat chose to send is there. */
const otherStates = ["NOTPAY", "CLOSED", "REVOKED", "USERPAYING", "PAYERROR", "ACCEPT"] as const;

type OrderFacts = {
  outTradeNo: string;
  feeType: string | null; // Absent means CNY.
  openid: string | null;
  tradeType: string | null;
  bankType: string | null;
  attach: string | null;
  paidAt: Date | null;
  stateText: string | null; // trade_state_desc
  /** Every field of the verified answer; empty for NOT_FOUND. */
  fields: Fields;
};

export type OrderQueryAnswer =
  | (OrderFacts & { state: "SUCCESS"; transactionId: string; totalFen: number })
  | (OrderFacts & { state: "REFUND"; transactionId: string | null; totalFen: number | null })
  | (OrderFacts & {
      state: (typeof otherStates)[number] | "NOT_FOUND";
      transactionId: string | null;
      totalFen: number | null;
    });

/**
 * Asks by our number. REFUND means paid, with at least one refund. NOTPAY may be seen for a moment right
 * after a payment. NOT_FOUND: never submitted, or with other keys. Throws `WechatError` when WeChat does
 * not answer the question, and when a SUCCESS lacks its transaction id or amount.
 */
export async function queryOrder(
  merchant: Merchant,
  order: { appId: string; outTradeNo: string; signType: SignType; nonce?: string },
): Promise<OrderQueryAnswer> {
  const request = {
    appid: order.appId,
    mch_id: merchant.mchId,
    out_trade_no: order.outTradeNo,
    nonce_str: order.nonce ?? merchant.nonce(),
    sign_type: order.signType,
  };
  try {
    return readAnswer(
      await postXml(merchant, { name: "orderquery", path: "/pay/orderquery", request }),
      order.outTradeNo,
    );
  } catch (error) {
    if (hasCode(error, "ORDERNOTEXIST")) return notFound(order.outTradeNo, error);
    throw error;
  }
}

function readAnswer(fields: Fields, outTradeNo: string): OrderQueryAnswer {
  if (fields.out_trade_no !== outTradeNo)
    throw unknownResult("INCOMPLETE", "the answer does not name the order");
  const transactionId = isTransactionId(fields.transaction_id) ? fields.transaction_id : null;
  const totalFen = readFen(fields.total_fee);
  const facts: OrderFacts = {
    outTradeNo,
    feeType: fields.fee_type || null,
    openid: fields.openid || null,
    tradeType: fields.trade_type || null,
    bankType: fields.bank_type || null,
    attach: fields.attach || null,
    paidAt: fromBeijingStamp(fields.time_end ?? ""),
    stateText: fields.trade_state_desc || null,
    fields,
  };
  if (fields.trade_state === "SUCCESS") {
    if (!transactionId) throw unknownResult("INCOMPLETE", "a paid order has no readable transaction_id");
    if (totalFen === null) throw unknownResult("INCOMPLETE", "a paid order has no readable total_fee");
    return { ...facts, state: "SUCCESS", transactionId, totalFen };
  }
  if (fields.trade_state === "REFUND") return { ...facts, state: "REFUND", transactionId, totalFen };
  const state = otherStates.find((known) => known === fields.trade_state);
  if (!state)
    throw unknownResult(
      "INCOMPLETE",
      `the answer has no trade_state that is documented: ${fields.trade_state ?? "none"}`,
    );
  return { ...facts, state, transactionId, totalFen };
}

function notFound(outTradeNo: string, error: WechatError): OrderQueryAnswer {
  return {
    state: "NOT_FOUND",
    outTradeNo,
    transactionId: null,
    totalFen: null,
    feeType: null,
    openid: null,
    tradeType: null,
    bankType: null,
    attach: null,
    paidAt: null,
    stateText: error.text,
    fields: Object.create(null),
  };
}
