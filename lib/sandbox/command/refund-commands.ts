import { type Command, type Given, text } from "@/lib/sandbox/command/command";
import { readCount, readDuration } from "@/lib/sandbox/command/read-duration";
import { armed } from "@/lib/sandbox/command/report";
import * as report from "@/lib/sandbox/command/report-refund";
import { simple } from "@/lib/sandbox/command/simple-command";
import { UsageError } from "@/lib/sandbox/command/usage-error";
import { refundClaims } from "@/lib/sandbox/notify/refund-message";

const messageOptions: Command["options"] = {
  "notify-amount": "text",
  late: "text",
  copies: "text",
  drop: "text",
  ...Object.fromEntries(refundClaims.map((claim) => [claim, "flag" as const])),
};
const planOptions: Command["options"] = {
  ...messageOptions,
  outcome: "text",
  after: "text",
  hold: "flag",
  to: "text",
};

/** The commands about refunds and the purses they are paid from. */
export const refundCommands: Record<string, Command> = {
  refunds: simple(
    [0, 1],
    "refunds",
    (given) => ({ outTradeNo: given.words[0], status: text(given, "status") }),
    report.refunds,
    { status: "text" },
  ),
  refund: {
    words: [2, 2],
    options: { ...messageOptions, to: "text", "message-only": "flag" },
    run: (given) => (given.options["message-only"] ? message : settle).run(given),
  },
  "refund-plan": simple(
    [1, 1],
    "refund-plan",
    (given) => ({
      outTradeNo: given.words[0] === "next" ? undefined : given.words[0],
      times: readCount("times", text(given, "times")),
      ...readPlan(given),
    }),
    armed,
    { ...planOptions, times: "text" },
  ),
  "portal-refund": simple(
    [1, 1],
    "portal-refund",
    (given) => ({
      outTradeNo: given.words[0],
      refundFen: readCount("amount", text(given, "amount")),
      recharge: given.options.recharge === true || undefined,
      ...readPlan(given),
    }),
    report.portalRefund,
    { ...planOptions, amount: "text", recharge: "flag" },
  ),
  purse: simple(
    [0, 0],
    "purse",
    (given) => ({
      unsettledFen: readCount("unsettled", text(given, "unsettled"), 0),
      rechargeFen: readCount("recharge", text(given, "recharge"), 0),
      topUpUnsettledFen: readCount("top-up", text(given, "top-up")),
      topUpRechargeFen: readCount("top-up-recharge", text(given, "top-up-recharge")),
    }),
    report.purses,
    { unsettled: "text", recharge: "text", "top-up": "text", "top-up-recharge": "text" },
  ),
  "refund-settings": simple(
    [0, 0],
    "refund-settings",
    (given) => ({
      settleMs: readWait(given),
      gapMs: readDuration("gap", text(given, "gap")),
      notifyUrl: text(given, "notify-url") === "-" ? null : text(given, "notify-url"),
    }),
    report.refundSettings,
    { after: "text", hold: "flag", gap: "text", "notify-url": "text" },
  ),
};

const settle = simple(
  [2, 2],
  "refund",
  (given) => ({ ...target(given), recvAccount: text(given, "to"), ...readMessage(given) }),
  report.settled,
);
const message = simple(
  [2, 2],
  "refund-message",
  (given) => ({ ...target(given), ...readMessage(given) }),
  report.settled,
);

function target(given: Given) {
  return { outRefundNo: given.words[0], status: given.words[1]?.toUpperCase(), wait: !given.options.late };
}

function readPlan(given: Given) {
  return {
    ...readMessage(given),
    outcome: text(given, "outcome")?.toUpperCase(),
    settleMs: readWait(given),
    recvAccount: text(given, "to"),
  };
}

/** null: until told. */
function readWait(given: Given): number | null | undefined {
  if (given.options.hold && given.options.after) throw new UsageError("choose one of --after, --hold");
  return given.options.hold ? null : readDuration("after", text(given, "after"));
}

function readMessage(given: Given) {
  const chosen = refundClaims.filter((claim) => given.options[claim] === true);
  if (chosen.length > 1) {
    throw new UsageError(`choose one of ${refundClaims.map((one) => `--${one}`).join(", ")}`);
  }
  return {
    claim: chosen[0],
    notifyRefundFen: readCount("notify-amount", text(given, "notify-amount")),
    lateMs: readDuration("late", text(given, "late")),
    copies: readCount("copies", text(given, "copies")),
    drops: readCount("drop", text(given, "drop"), 0),
  };
}
