import { pressPay, requireOrder } from "./a-buyer";
import type { RunningShop } from "./a-running-shop";
import type { SandboxProcess } from "./sandbox";

type Plan = Omit<Parameters<SandboxProcess["pay"]>[0], "outTradeNo">;

/** A stranger's order that WeChat knows of, not paid yet. */
export async function anOpenOrder(running: RunningShop, sku = "COURSE-12") {
  const order = await requireOrder(running.url, sku);
  const { status, body } = await pressPay(running.url, order);
  if (status !== 200) throw new Error(`not payable: ${status} ${JSON.stringify(body)}`);
  return { ...order, outTradeNo: `${order.orderNo}P1` };
}

/** As above, and paid at the sandbox in the way that `plan` says. */
export async function aPaidOrder(running: RunningShop, plan: Plan = {}) {
  const order = await anOpenOrder(running);
  const { transactionIds } = await running.sandbox.pay({ outTradeNo: order.outTradeNo, ...plan });
  return { ...order, transactionIds };
}
