import { findOrder, markClosed } from "@/lib/sandbox/ledger/orders";
import { transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { requireOwn } from "@/lib/sandbox/pay-api/order-query";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { refuse } from "@/lib/sandbox/pay-api/refusals";

const leastAgeMs = 5 * 60_000; // "订单生成后不能马上调用关单接口，最短调用时间间隔为5分钟": shortened by the time factor.

/** POST /pay/closeorder. Not before the order is five minutes old, never once it is paid. */
export const closeOrder: PayCall = (sandbox, { fields }) => {
  if (!fields.out_trade_no) throw refuse("LACK_PARAMS", "out_trade_no");
  const order = requireOwn(findOrder(sandbox.ledger, fields.out_trade_no), fields);
  if (transactionsOf(sandbox.ledger, order.outTradeNo).length > 0) throw refuse("ORDERPAID");
  if (order.closedAt !== null) throw refuse("ORDERCLOSED");
  const now = sandbox.clock.now();
  if (now - order.createdAt < sandbox.clock.scaled(leastAgeMs)) throw refuse("TRADE_STATE_ERROR");
  markClosed(sandbox.ledger, { outTradeNo: order.outTradeNo, now });
  return { signType: order.signType, fields: { result_msg: "OK" } };
};
