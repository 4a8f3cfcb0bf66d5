import { z } from "zod";
import { uploadsOfTransaction } from "@/lib/sandbox/ledger/shipping-uploads";
import { openError } from "@/lib/sandbox/open-api/open-error";
import type { TokenCall } from "@/lib/sandbox/open-api/token-call";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { endOf, findPayment, type Payment, type PaymentKey } from "@/lib/sandbox/shipping/find-payment";
import { numberNamed } from "@/lib/sandbox/shipping/number-named";
import { shippingError } from "@/lib/sandbox/shipping/shipping-error";
import { type ShippingState, shippingStateOf } from "@/lib/sandbox/shipping/shipping-state";

const Question = z.object({
  transaction_id: z.string().optional(),
  merchant_id: z.string().optional(),
  merchant_trade_no: z.string().optional(),
});

/** POST /wxa/sec/order/get_order (查询订单发货状态): what this service knows of one payment. */
export const getOrder: TokenCall = {
  about: (ledger, given) => numberNamed(ledger, given),

  execute(sandbox, { appId, given }) {
    if (appId !== sandbox.identity.miniAppId) throw openError(48001);
    const payment = findPayment(sandbox, { appId, key: readKey(given) });
    return { errcode: 0, errmsg: "ok", order: describe(sandbox, payment) };
  },
};

function readKey(given: unknown): PaymentKey {
  const reading = Question.safeParse(given);
  if (!reading.success) throw openError(47001);
  const { transaction_id, merchant_id, merchant_trade_no } = reading.data;
  if (transaction_id) return { transactionId: transaction_id };
  if (!merchant_id) throw shippingError(268485196);
  if (!merchant_trade_no) throw shippingError(268485197);
  return { mchId: merchant_id, outTradeNo: merchant_trade_no };
}

function describe(sandbox: Sandbox, payment: Payment) {
  const { order, transaction } = payment;
  const state = shippingStateOf(uploadsOfTransaction(sandbox.ledger, transaction.transactionId));
  return {
    transaction_id: transaction.transactionId,
    merchant_id: sandbox.identity.mchId,
    sub_merchant_id: "",
    merchant_trade_no: transaction.outTradeNo,
    description: descriptionOf(state),
    paid_amount: transaction.totalFen,
    openid: transaction.openid,
    trade_create_time: seconds(order.createdAt),
    pay_time: seconds(transaction.paidAt),
    order_state: endOf(sandbox, payment) ?? (state?.isFinished ? 2 : 1),
    in_complaint: false,
    shipping: shippingOf(state),
  };
}

function shippingOf(state: ShippingState | null) {
  const told = state && { delivery_mode: state.deliveryMode, logistics_type: state.logisticsType };
  return {
    ...told,
    finish_shipping: state?.isFinished ?? false,
    goods_desc: "", // Only what a person enters in the mini program's own console.
    finish_shipping_count: state?.finishCount ?? 0,
    shipping_list: (state?.parcels ?? []).map((one) => ({
      tracking_no: one.tracking_no ?? "",
      express_company: one.express_company ?? "",
      goods_desc: one.item_desc,
      upload_time: seconds(Date.parse(one.uploadTime)),
      ...(one.contact && { contact: one.contact }),
    })),
  };
}

/** "以分号连接的该支付单的所有商品描述，当超过120字时自动截断并以 “...” 结尾". */
function descriptionOf(state: ShippingState | null): string {
  const whole = [...(state?.parcels ?? []).map((one) => one.item_desc).join(";")];
  return whole.length <= 120 ? whole.join("") : `${whole.slice(0, 120).join("")}...`;
}

function seconds(at: number): number {
  return Math.trunc(at / 1000);
}
