import { namings } from "@/lib/sandbox/alarms/alarm-plan";
import { type Command, type Given, text } from "@/lib/sandbox/command/command";
import { readCount, readDuration } from "@/lib/sandbox/command/read-duration";
import * as report from "@/lib/sandbox/command/report-alarm";
import { simple } from "@/lib/sandbox/command/simple-command";
import { UsageError } from "@/lib/sandbox/command/usage-error";
import { alarmClaims } from "@/lib/sandbox/notify/alarm-message";

/** The commands about alarms: raised by hand, listed, and when WeChat raises its own. */
export const alarmCommands: Record<string, Command> = {
  alarm: simple([0, 1], "alarm", newAlarm, report.raised, {
    type: "text",
    description: "text",
    content: "text",
    naming: "text",
    time: "text",
    url: "text",
    late: "text",
    copies: "text",
    drop: "text",
    twice: "flag",
    ...Object.fromEntries(alarmClaims.map((claim) => [claim, "flag" as const])),
  }),
  alarms: simple([0, 1], "alarms", (given) => ({ outTradeNo: given.words[0] }), report.alarms),
  "alarm-settings": simple(
    [0, 0],
    "alarm-settings",
    (given) => ({
      lateAfterMs: readLimit(given),
      url: text(given, "url") === "-" ? null : text(given, "url"),
    }),
    report.alarmSettings,
    { after: "text", never: "flag", url: "text" },
  ),
};

/** null: never by itself. */
function readLimit(given: Given): number | null | undefined {
  if (given.options.never && given.options.after) throw new UsageError("choose one of --after, --never");
  return given.options.never ? null : readDuration("after", text(given, "after"));
}

function newAlarm(given: Given): unknown {
  const chosen = alarmClaims.filter((claim) => given.options[claim] === true);
  if (chosen.length > 1)
    throw new UsageError(`choose one of ${alarmClaims.map((one) => `--${one}`).join(", ")}`);
  const naming = text(given, "naming");
  if (naming !== undefined && !namings.some((one) => one === naming)) {
    throw new UsageError(`--naming is ${namings.join(", ")}, not "${naming}"`);
  }
  const lateMs = readDuration("late", text(given, "late"));
  return {
    outTradeNo: given.words[0],
    errorType: text(given, "type"),
    description: text(given, "description"),
    content: text(given, "content"),
    naming,
    timeStamp: text(given, "time"),
    url: text(given, "url"),
    claim: chosen[0],
    copies: readCount("copies", text(given, "copies")) ?? (given.options.twice === true ? 2 : undefined),
    drops: readCount("drop", text(given, "drop"), 0),
    lateMs,
    wait: lateMs === undefined,
  };
}
