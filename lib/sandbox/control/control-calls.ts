import { readAlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { alarmCalls } from "@/lib/sandbox/control/alarm-calls";
import type { ControlCall } from "@/lib/sandbox/control/control-call";
import { ControlError } from "@/lib/sandbox/control/control-error";
import * as input from "@/lib/sandbox/control/control-input";
import { deliveryCalls } from "@/lib/sandbox/control/delivery-calls";
import { describeOrder } from "@/lib/sandbox/control/describe-order";
import { pageCalls } from "@/lib/sandbox/control/page-calls";
import { readPursesInFen, refundCalls } from "@/lib/sandbox/control/refund-calls";
import { requireOrder } from "@/lib/sandbox/control/require-order";
import { armFault, disarmFaults, listFaults } from "@/lib/sandbox/faults/arm";
import { buyers, openidOf } from "@/lib/sandbox/identity/buyers";
import { listCalls } from "@/lib/sandbox/ledger/calls";
import { writeFact } from "@/lib/sandbox/ledger/facts";
import { listOrders, markClosed } from "@/lib/sandbox/ledger/orders";
import { readTotals } from "@/lib/sandbox/ledger/totals";
import { resendNotification } from "@/lib/sandbox/notify/resend-notification";
import { issueCode } from "@/lib/sandbox/open-api/codes";
import { pay } from "@/lib/sandbox/payments/pay";
import { readRefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { readClock, turnClock } from "@/lib/sandbox/turn-clock";

/** Everything that a test or the command line can ask of a running sandbox: `POST /control/<name>` with JSON. */
export const controlCalls: Record<string, ControlCall> = {
  ...refundCalls,
  ...deliveryCalls,
  ...alarmCalls,
  ...pageCalls,

  state: (sandbox) => ({
    ...readClock(sandbox),
    totals: readTotals(sandbox.ledger),
    purses: readPursesInFen(sandbox),
    refundSettings: readRefundSettings(sandbox.ledger),
    alarmSettings: readAlarmSettings(sandbox.ledger),
    faults: listFaults(sandbox.ledger),
  }),

  orders(sandbox, given) {
    const { search, skip, limit } = input.read(input.ListOrders, given);
    const orders = listOrders(sandbox.ledger, { search, skip, limit });
    return { orders: orders.map((order) => describeOrder(sandbox, order)) };
  },

  order(sandbox, given) {
    const { outTradeNo } = input.read(input.OneOrder, given);
    return describeOrder(sandbox, requireOrder(sandbox, outTradeNo), { withTries: true });
  },

  calls: (sandbox, given) => ({ calls: listCalls(sandbox.ledger, input.read(input.ListCalls, given)) }),

  async pay(sandbox, given) {
    const { outTradeNo, also, buyer, wait, ...plan } = input.read(input.Pay, given);
    if (outTradeNo === "next") {
      const fault = { call: "payment", kind: "plan", times: 1, options: { plan } } as const;
      return { armed: armFault(sandbox.ledger, fault, sandbox.clock.now()) };
    }
    const numbers = [outTradeNo, ...(also ? [also] : [])];
    for (const number of numbers) requireOrder(sandbox, number);
    const outcomes = numbers.map((number) => pay(sandbox, { outTradeNo: number, plan, buyer }));
    const refused = outcomes.find((outcome) => !outcome.ok);
    if (refused && !refused.ok) throw new ControlError(409, refused.text, refused.code);
    const paid = outcomes.filter((outcome) => outcome.ok);
    const notificationIds = paid.flatMap((outcome) => outcome.notificationIds);
    if (wait) await Promise.all(notificationIds.map((id) => sandbox.notifier.nextTry(id)));
    return {
      transactionIds: paid.flatMap((outcome) => outcome.transactionIds),
      notificationIds,
      order: describeOrder(sandbox, requireOrder(sandbox, outTradeNo), { withTries: true }),
    };
  },

  async resend(sandbox, given) {
    const wanted = input.read(input.Resend, given);
    const sent = resendNotification(sandbox, wanted);
    if (!sent) throw new ControlError(404, "there is no notification to send again");
    if (wanted.wait) await sandbox.notifier.nextTry(sent.id);
    if (sent.of.outTradeNo === "") return { notificationId: sent.id, order: null }; // An alarm about no order.
    const order = requireOrder(sandbox, sent.of.outTradeNo);
    return { notificationId: sent.id, order: describeOrder(sandbox, order, { withTries: true }) };
  },

  close(sandbox, given) {
    const order = requireOrder(sandbox, input.read(input.OneOrder, given).outTradeNo);
    markClosed(sandbox.ledger, { outTradeNo: order.outTradeNo, now: sandbox.clock.now() });
    return describeOrder(sandbox, requireOrder(sandbox, order.outTradeNo));
  },

  fault: (sandbox, given) => ({
    armed: armFault(sandbox.ledger, input.read(input.NewFault, given), sandbox.clock.now()),
  }),
  faults: (sandbox) => ({ faults: listFaults(sandbox.ledger) }),
  disarm: (sandbox, given) => ({
    disarmed: disarmFaults(sandbox.ledger, input.read(input.Disarm, given).id),
  }),

  clock: (sandbox, given) => turnClock(sandbox, input.read(input.TurnClock, given)),

  buyers: (sandbox) => ({ buyers: buyers.map((one) => ({ ...one, ...openidsOf(sandbox, one.id) })) }),
  buyer(sandbox, given) {
    const { buyer } = input.read(input.OneBuyer, given);
    writeFact(sandbox.ledger, "buyer", buyer);
    return { buyer, ...openidsOf(sandbox, buyer) };
  },
  code(sandbox, given) {
    const { buyer, app } = input.read(input.NewCode, given);
    const mini = app === "mini";
    const appId = mini ? sandbox.identity.miniAppId : sandbox.identity.appId;
    const purpose = mini ? "login" : "oauth";
    return {
      code: issueCode(sandbox, { purpose, appId, buyer, scope: "snsapi_base" }),
      ...openidsOf(sandbox, buyer),
    };
  },
};

function openidsOf(sandbox: Sandbox, buyer: string) {
  const { appId, miniAppId } = sandbox.identity;
  return {
    openid: openidOf(sandbox, { buyer, appId }),
    miniOpenid: openidOf(sandbox, { buyer, appId: miniAppId }),
  };
}
