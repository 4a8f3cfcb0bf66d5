import type { AlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { notificationLines } from "@/lib/sandbox/command/report-notification";
import type { describeAlarm } from "@/lib/sandbox/control/describe-notification";

type Alarm = ReturnType<typeof describeAlarm>;

/** What the commands about alarms print. */
export function raised(answer: { alarm: Alarm }): string {
  const { alarm } = answer;
  return [`${alarm.outTradeNo ?? "about no order"}, to ${alarm.url}`, ...notificationLines(alarm)].join("\n");
}

export function alarms(answer: { alarms: Alarm[] }): string {
  if (answer.alarms.length === 0) return "no alarms";
  return answer.alarms.map((alarm) => raised({ alarm })).join("\n");
}

export function alarmSettings(answer: AlarmSettings): string {
  const when =
    answer.lateAfterMs === null
      ? "never by themselves"
      : `${answer.lateAfterMs / 3_600_000} h after paying without a report`;
  return `alarms: ${when}, told at ${answer.url ?? "the order's site, /api/alarm"}`;
}
