import { z } from "zod";
import { AlarmPlan } from "@/lib/sandbox/alarms/alarm-plan";
import { AlarmSettings, changeAlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { raiseAlarm } from "@/lib/sandbox/alarms/raise-alarm";
import type { ControlCall } from "@/lib/sandbox/control/control-call";
import { ControlError } from "@/lib/sandbox/control/control-error";
import { outTradeNo, read, wait } from "@/lib/sandbox/control/control-input";
import { describeAlarm } from "@/lib/sandbox/control/describe-notification";
import { requireOrder } from "@/lib/sandbox/control/require-order";
import { findNotification, listAlarms } from "@/lib/sandbox/ledger/notifications";

const Raise = AlarmPlan.extend({ outTradeNo: outTradeNo.optional(), wait });
const List = z.strictObject({
  outTradeNo: outTradeNo.optional(),
  limit: z.int().min(1).max(20_000).default(200),
});

/** The control calls about alarms. */
export const alarmCalls: Record<string, ControlCall> = {
  /** On demand; `wait` answers after its first try. */
  async alarm(sandbox, given) {
    const { outTradeNo: number, wait: waits, ...plan } = read(Raise, given);
    const order = number === undefined ? undefined : requireOrder(sandbox, number);
    const id = raiseAlarm(sandbox, { order, plan });
    if (id === null) throw new ControlError(409, "there is no order yet to know the site by: give a url");
    const tried = waits ? sandbox.notifier.nextTry(id) : null;
    sandbox.notifier.wake();
    await tried;
    const alarm = findNotification(sandbox.ledger, id);
    if (!alarm) throw new Error(`alarm ${id} has left the ledger`);
    return { notificationId: id, alarm: describeAlarm(sandbox, alarm) };
  },

  alarms: (sandbox, given) => ({
    alarms: listAlarms(sandbox.ledger, read(List, given)).map((one) => describeAlarm(sandbox, one)),
  }),

  "alarm-settings"(sandbox, given) {
    const settings = changeAlarmSettings(sandbox.ledger, read(AlarmSettings.partial(), given));
    sandbox.lateWatch.wake();
    return settings;
  },
};
