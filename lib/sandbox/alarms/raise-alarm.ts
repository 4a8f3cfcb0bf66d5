import type { AlarmPlan } from "@/lib/sandbox/alarms/alarm-plan";
import { readAlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { describePlan } from "@/lib/sandbox/describe-plan";
import { queueNotification } from "@/lib/sandbox/ledger/notifications";
import { listOrders, type Order } from "@/lib/sandbox/ledger/orders";
import { transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { alarmMessage } from "@/lib/sandbox/notify/alarm-message";
import type { Sandbox } from "@/lib/sandbox/sandbox";

const lateType = "1001";
const lateWords = "发货超时";

/**
 * Puts an alarm into the queue, about an order's payment or about none, and answers its notification's id;
 * null when nobody told where alarms go. Whoever calls it wakes the notifier.
 */
export function raiseAlarm(
  sandbox: Sandbox,
  input: { order?: Order; transactionId?: string; plan?: AlarmPlan; label?: string },
): number | null {
  const { ledger, identity, clock } = sandbox;
  const { order, plan = {} } = input;
  const url = plan.url ?? readAlarmSettings(ledger).url ?? siteAddress(sandbox, order);
  if (url === null) return null;
  const { errorType = lateType, claim, lateMs, copies, drops } = plan;
  const transactionId = input.transactionId ?? (order && paidOf(sandbox, order)) ?? null;
  const description = plan.description ?? (errorType === lateType ? lateWords : "异常告警");
  const now = clock.now();
  return queueNotification(ledger, {
    kind: "alarm",
    label: input.label ?? `alarm ${errorType} ${describePlan({ claim, lateMs, copies, drops }, "")}`.trim(),
    outTradeNo: order?.outTradeNo ?? "",
    transactionId,
    url,
    body: alarmMessage({
      identity,
      appId: order?.appId ?? identity.appId,
      errorType,
      description,
      content: plan.content ?? contentOf({ order, transactionId, naming: plan.naming }),
      timeStamp: plan.timeStamp ?? String(Math.trunc(now / 1000)),
      claim,
    }),
    now,
    lateMs,
    copies,
    drops,
    once: claim !== undefined, // A forger has no retry schedule.
  });
}

/** Free text in WeChat's documents; `transaction_id=…` in the one sample that was found. */
function contentOf(about: {
  order?: Order;
  transactionId: string | null;
  naming: AlarmPlan["naming"];
}): string {
  const { order, transactionId } = about;
  if (!order) return "test";
  if (about.naming === "text") return `商户订单 ${order.outTradeNo} 超过时限仍未发货，请尽快处理`;
  const byOwnNumber = about.naming === "out_trade_no" || transactionId === null;
  return byOwnNumber ? `out_trade_no=${order.outTradeNo}` : `transaction_id=${transactionId}`;
}

function paidOf(sandbox: Sandbox, order: Order): string | undefined {
  return transactionsOf(sandbox.ledger, order.outTradeNo)[0]?.transactionId;
}

/** The order's site, or the newest order's where an alarm is about none. */
function siteAddress(sandbox: Sandbox, order: Order | undefined): string | null {
  const known = order ?? listOrders(sandbox.ledger, { search: "", skip: 0, limit: 1 })[0];
  return known ? new URL("/api/alarm", known.notifyUrl).href : null;
}
