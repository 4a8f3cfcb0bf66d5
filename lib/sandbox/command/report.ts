import type { AlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { alarmSettings } from "@/lib/sandbox/command/report-alarm";
import { reportLine, uploadLine } from "@/lib/sandbox/command/report-delivery";
import { notificationLines } from "@/lib/sandbox/command/report-notification";
import { type Purses, purses, refundLine, refundSettings } from "@/lib/sandbox/command/report-refund";
import type { describeOrder } from "@/lib/sandbox/control/describe-order";
import { describePlan } from "@/lib/sandbox/describe-plan";
import type { ArmedFault } from "@/lib/sandbox/faults/arm";
import type { Call } from "@/lib/sandbox/ledger/calls";
import type { Totals } from "@/lib/sandbox/ledger/totals";
import type { RefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import type { readClock } from "@/lib/sandbox/turn-clock";
import { beijing, yuan } from "@/lib/sandbox/web/words";

type Order = ReturnType<typeof describeOrder>;
type Clock = ReturnType<typeof readClock>;
type Buyer = { openid: string; miniOpenid: string };
export type Fault = ArmedFault;
export type Payment = {
  armed?: number;
  transactionIds?: string[];
  notificationIds?: number[];
  order?: Order;
};

/** What the commands print. */
export function payment(answer: Payment): string {
  if (!answer.order)
    return `${armed({ armed: answer.armed ?? 0 })}: the next payment at the cashier goes like this`;
  const ids = answer.transactionIds ?? [];
  const money = ids.length === 0 ? "no money was taken" : `transaction ${ids.join(", ")}`;
  return [
    `${answer.order.outTradeNo}: ${money}`,
    ...notifications(answer.order, answer.notificationIds),
  ].join("\n");
}

export function sent(answer: { notificationId: number; order: Order | null }): string {
  if (!answer.order) return `notification ${answer.notificationId} is on its way`;
  return notifications(answer.order, [answer.notificationId]).join("\n");
}

export function order(one: Order): string {
  const facts = `${one.outTradeNo}  ${one.tradeState}  ${yuan(one.totalFen)}  ${one.tradeType}  ${one.signType}`;
  const money = one.transactions.map(
    (paid) => `  ${paid.transactionId}  ${yuan(paid.totalFen)}  ${paid.paidAt}`,
  );
  const back = one.refunds.map((refund) => `  ${refundLine(refund)}`);
  const told = one.reports.map((report) => `  ${reportLine(report)}`);
  const shipped = one.uploads.map((upload) => `  ${uploadLine(upload)}`);
  return [facts, ...money, ...back, ...told, ...shipped, ...notifications(one)].join("\n");
}

export function orders(answer: { orders: Order[] }): string {
  if (answer.orders.length === 0) return "no orders";
  return answer.orders.map((one) => `${one.createdAt}  ${order(one).split("\n")[0]}`).join("\n");
}

export function calls(answer: { calls: Call[] }): string {
  if (answer.calls.length === 0) return "no calls";
  return answer.calls
    .map(
      (one) =>
        `${beijing(one.at)}  ${one.call}  ${one.outTradeNo ?? "-"}  ${one.outcome}  ${one.fault ?? ""}`,
    )
    .join("\n");
}

export function state(
  answer: Clock & {
    totals: Totals;
    purses: Purses;
    refundSettings: RefundSettings;
    alarmSettings: AlarmSettings;
    faults: Fault[];
  },
): string {
  const books = Object.entries(answer.totals).map(([name, value]) => `${name}: ${value}`);
  const settings = [
    purses(answer.purses),
    refundSettings(answer.refundSettings),
    alarmSettings(answer.alarmSettings),
  ];
  return [clock(answer), ...books, ...settings, faults(answer.faults)].join("\n");
}

export function clock(answer: Clock): string {
  const ahead = answer.aheadMs === 0 ? "" : `, ${answer.aheadMs / 1000} s ahead`;
  return `clock: ${answer.now}${ahead}, time factor ${answer.timeFactor}`;
}

export function armed(answer: { armed: number }): string {
  return `armed as fault ${answer.armed}`;
}

export function faults(list: Fault[]): string {
  if (list.length === 0) return "no faults armed";
  return list
    .map((one) => {
      const { plan: payment, refundPlan } = one.options;
      const words = payment ? describePlan(payment) : refundPlan && describePlan(refundPlan, "succeeds");
      const plan = words ? ` (${words})` : "";
      return `fault ${one.id}: ${one.call} ${one.kind}${plan} ×${one.remaining} for ${one.outTradeNo ?? "anybody"}`;
    })
    .join("\n");
}

export function buyers(answer: { buyers: (Buyer & { id: string; zh: string })[] }): string {
  return answer.buyers.map((one) => `${one.id}  ${one.zh}  ${one.openid}  ${one.miniOpenid}`).join("\n");
}

export function buyer(answer: Buyer & { buyer: string }): string {
  return `${answer.buyer}: openid ${answer.openid}, in the mini program ${answer.miniOpenid}`;
}

function notifications(one: Order, ids?: number[]): string[] {
  return one.notifications
    .filter((notification) => ids === undefined || ids.includes(notification.id))
    .flatMap(notificationLines);
}
