import { findOrder, type Order } from "@/lib/sandbox/ledger/orders";
import { findTransaction, tradeStateOf, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { deviceInfoOf, moneyFields } from "@/lib/sandbox/notify/payment-message";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { refuse } from "@/lib/sandbox/pay-api/refusals";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { Fields } from "@/lib/wechat/xml";

/**
 * POST /pay/orderquery, by transaction_id or out_trade_no. In any state but SUCCESS little more than the state is
 * answered: an order with a refund says REFUND and nothing of its money.
 */
export const orderQuery: PayCall = (sandbox, { fields }) => {
  const { order, transaction } = findAsked(sandbox, fields);
  const paid = transaction ?? transactionsOf(sandbox.ledger, order.outTradeNo)[0];
  const state = tradeStateOf(sandbox.ledger, order, paid ? [paid] : []);
  const common = {
    out_trade_no: order.outTradeNo,
    attach: order.attach || undefined,
    trade_state: state,
    trade_state_desc: descriptions[state],
  };
  if (!paid || state !== "SUCCESS") return { signType: order.signType, fields: common };
  const details = {
    device_info: deviceInfoOf(order),
    is_subscribe: "N",
    trade_type: order.tradeType,
    ...moneyFields(paid),
  };
  return { signType: order.signType, fields: { ...details, ...common } };
};

/** The `stale` fault: right after a payment WeChat sometimes still says that nothing was paid. */
export const staleOrderQuery: PayCall = (sandbox, { fields }) => {
  const { order } = findAsked(sandbox, fields);
  return {
    signType: order.signType,
    fields: {
      out_trade_no: order.outTradeNo,
      attach: order.attach || undefined,
      trade_state: "NOTPAY",
      trade_state_desc: descriptions.NOTPAY,
    },
  };
};

function findAsked(sandbox: Sandbox, fields: Fields) {
  if (!fields.transaction_id && !fields.out_trade_no) throw refuse("LACK_PARAMS", "out_trade_no");
  const transaction = fields.transaction_id
    ? findTransaction(sandbox.ledger, fields.transaction_id) // It wins when both are given.
    : undefined;
  if (fields.transaction_id && !transaction) throw refuse("ORDERNOTEXIST");
  const order = findOrder(sandbox.ledger, transaction?.outTradeNo ?? fields.out_trade_no ?? "");
  return { order: requireOwn(order, fields), transaction };
}

/** Under another appid than it was made with, a number does not exist. */
export function requireOwn(order: Order | undefined, fields: Fields): Order {
  if (!order || order.appId !== fields.appid) throw refuse("ORDERNOTEXIST");
  return order;
}

const descriptions = {
  SUCCESS: "支付成功",
  REFUND: "订单发生过退款，退款详情请查询退款单",
  NOTPAY: "订单未支付",
  CLOSED: "订单已关闭",
};
