import { alarmCommands } from "@/lib/sandbox/command/alarm-commands";
import { callControl, webUrl } from "@/lib/sandbox/command/call-control";
import { type Command, type Given, text } from "@/lib/sandbox/command/command";
import { deliveryCommands } from "@/lib/sandbox/command/delivery-commands";
import { payCommand } from "@/lib/sandbox/command/pay-command";
import { readCount, readDuration } from "@/lib/sandbox/command/read-duration";
import { refundCommands } from "@/lib/sandbox/command/refund-commands";
import * as report from "@/lib/sandbox/command/report";
import { simple } from "@/lib/sandbox/command/simple-command";
import type { NewFault } from "@/lib/sandbox/faults/fault";

const outTradeNo = (given: Given) => ({ outTradeNo: given.words[0] });

export const commands: Record<string, Command> = {
  pay: payCommand,
  ...refundCommands,
  ...deliveryCommands,
  ...alarmCommands,
  resend: simple(
    [1, 1],
    "resend",
    (given) => ({
      ...(given.options.refund ? { outRefundNo: given.words[0] } : outTradeNo(given)),
      copies: readCount("copies", text(given, "copies")),
      wait: true,
    }),
    report.sent,
    { copies: "text", refund: "flag" },
  ),
  close: simple([1, 1], "close", outTradeNo, report.order),
  show: simple([1, 1], "order", outTradeNo, report.order),
  orders: simple([0, 1], "orders", (given) => ({ search: given.words[0] ?? "" }), report.orders),
  calls: simple([0, 1], "calls", (given) => ({ outTradeNo: given.words[0] }), report.calls),
  state: simple([0, 0], "state", () => ({}), report.state),
  fault: simple([2, 2], "fault", newFault, report.armed, {
    number: "text",
    times: "text",
    delay: "text",
    code: "text",
    text: "text",
  }),
  faults: {
    words: [0, 1],
    async run(given) {
      if (given.words[0] === "clear") {
        const answer = await callControl<{ disarmed: number }>("disarm", {});
        return { answer, text: `${answer.disarmed} disarmed` };
      }
      const answer = await callControl<{ faults: report.Fault[] }>("faults", {});
      return { answer, text: report.faults(answer.faults) };
    },
  },
  clock: simple(
    [0, 0],
    "clock",
    (given) => ({
      factor: text(given, "factor") === undefined ? undefined : Number(text(given, "factor")),
      advanceMs: readDuration("advance", text(given, "advance")),
      reset: given.options.reset === true || undefined,
    }),
    report.clock,
    { factor: "text", advance: "text", reset: "flag" },
  ),
  buyers: simple([0, 0], "buyers", () => ({}), report.buyers),
  buyer: simple([1, 1], "buyer", (given) => ({ buyer: given.words[0] }), report.buyer),
  code: simple(
    [0, 0],
    "code",
    (given) => ({ buyer: text(given, "buyer"), app: given.options.mini ? "mini" : "official" }),
    (answer: { code: string }) => answer.code,
    { buyer: "text", mini: "flag" },
  ),
  console: {
    words: [0, 0],
    run: async () => ({ answer: { console: `${webUrl()}/console` }, text: `${webUrl()}/console` }),
  },
};

function newFault(given: Given): unknown {
  const fault = {
    call: given.words[0],
    kind: given.words[1],
    outTradeNo: text(given, "number"),
    times: readCount("times", text(given, "times")),
    options: {
      delayMs: readDuration("delay", text(given, "delay")),
      code: text(given, "code"),
      text: text(given, "text"),
    },
  };
  return fault satisfies Record<keyof NewFault, unknown>;
}
