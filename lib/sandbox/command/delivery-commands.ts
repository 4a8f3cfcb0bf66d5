import { type Command, text } from "@/lib/sandbox/command/command";
import { readDuration } from "@/lib/sandbox/command/read-duration";
import * as report from "@/lib/sandbox/command/report-delivery";
import { simple } from "@/lib/sandbox/command/simple-command";

/** The commands about what the shop tells WeChat of its deliveries. */
export const deliveryCommands: Record<string, Command> = {
  reports: simple([0, 1], "reports", (given) => ({ outTradeNo: given.words[0] }), report.reports),
  uploads: simple([0, 1], "uploads", (given) => ({ outTradeNo: given.words[0] }), report.uploads),
  "confirm-receipt": simple(
    [1, 1],
    "confirm-receipt",
    (given) => ({ outTradeNo: given.words[0], completed: given.options.completed === true || undefined }),
    report.confirmed,
    { completed: "flag" },
  ),
  "shipping-settings": simple(
    [0, 0],
    "shipping-settings",
    (given) => ({ knownAfterMs: readDuration("known-after", text(given, "known-after")) }),
    report.shippingSettings,
    { "known-after": "text" },
  ),
  "expire-token": simple(
    [0, 0],
    "expire-token",
    (given) => ({ app: given.options.mini ? "mini" : "official" }),
    report.expired,
    { mini: "flag" },
  ),
};
