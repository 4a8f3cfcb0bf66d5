import type { Command } from "@/lib/sandbox/command/command";
import * as report from "@/lib/sandbox/command/report-delivery";
import { simple } from "@/lib/sandbox/command/simple-command";

/** The commands about what the shop tells WeChat of its deliveries. */
export const deliveryCommands: Record<string, Command> = {
  reports: simple([0, 1], "reports", (given) => ({ outTradeNo: given.words[0] }), report.reports),
  "expire-token": simple(
    [0, 0],
    "expire-token",
    (given) => ({ app: given.options.mini ? "mini" : "official" }),
    report.expired,
    { mini: "flag" },
  ),
};
