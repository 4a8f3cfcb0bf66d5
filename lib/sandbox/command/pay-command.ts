import { callControl } from "@/lib/sandbox/command/call-control";
import { type Command, type Given, text } from "@/lib/sandbox/command/command";
import { readCount, readDuration } from "@/lib/sandbox/command/read-duration";
import * as report from "@/lib/sandbox/command/report";
import { UsageError } from "@/lib/sandbox/command/usage-error";
import { claims } from "@/lib/sandbox/notify/payment-message";

/** `pay`: the options become a plan; `--reorder` and `next` arm it, everything else happens now. */
export const payCommand: Command = {
  words: [1, 1],
  options: {
    amount: "text",
    "notify-amount": "text",
    currency: "text",
    coupon: "text",
    late: "text",
    copies: "text",
    drop: "text",
    also: "text",
    buyer: "text",
    twice: "flag",
    force: "flag",
    money: "flag",
    reorder: "flag",
    ...Object.fromEntries(claims.map((claim) => [claim, "flag" as const])),
  },
  async run(given) {
    const [outTradeNo] = given.words;
    const plan = readPlan(given);
    if (given.options.reorder) {
      const number = outTradeNo === "next" ? undefined : outTradeNo;
      const fault = { call: "unifiedorder", kind: "reorder", outTradeNo: number, options: { plan } };
      const answer = await callControl<{ armed: number }>("fault", fault);
      return { answer, text: `${report.armed(answer)}: paid and notified before unifiedorder answers` };
    }
    const wait = plan.lateMs === undefined;
    const payment = { outTradeNo, ...plan, also: text(given, "also"), buyer: text(given, "buyer"), wait };
    const answer = await callControl<report.Payment>("pay", payment);
    return { answer, text: report.payment(answer) };
  },
};

function readPlan(given: Given) {
  const chosen = claims.filter((claim) => given.options[claim] === true);
  if (chosen.length > 1) throw new UsageError(`choose one of ${claims.map((one) => `--${one}`).join(", ")}`);
  const flag = (option: string) => given.options[option] === true || undefined;
  return {
    claim: chosen[0],
    amountFen: readCount("amount", text(given, "amount")),
    notifyAmountFen: readCount("notify-amount", text(given, "notify-amount")),
    currency: text(given, "currency"),
    couponFen: readCount("coupon", text(given, "coupon")),
    lateMs: readDuration("late", text(given, "late")),
    copies: readCount("copies", text(given, "copies")),
    drops: readCount("drop", text(given, "drop"), 0),
    money: flag("money"),
    twice: flag("twice"),
    force: flag("force"),
  };
}
