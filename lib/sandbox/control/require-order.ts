import { ControlError } from "@/lib/sandbox/control/control-error";
import { findOrder, listOrders, type Order } from "@/lib/sandbox/ledger/orders";
import type { Sandbox } from "@/lib/sandbox/sandbox";

export function requireOrder(sandbox: Sandbox, outTradeNo: string): Order {
  const order = findOrder(sandbox.ledger, outTradeNo);
  if (order) return order;
  // A shop's order number is often the beginning of its out_trade_no, and what a person has at hand.
  const alike = listOrders(sandbox.ledger, { search: outTradeNo, skip: 0, limit: 3 });
  const hint = alike.map((one) => one.outTradeNo).join(", ");
  const question = hint ? `did you mean ${hint}?` : "was unifiedorder called with it?";
  throw new ControlError(404, `WeChat's ledger has no ${outTradeNo}: ${question}`, "unknown");
}
