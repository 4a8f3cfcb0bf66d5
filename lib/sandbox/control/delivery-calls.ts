import { z } from "zod";
import type { ControlCall } from "@/lib/sandbox/control/control-call";
import { outTradeNo, read } from "@/lib/sandbox/control/control-input";
import { describeReport } from "@/lib/sandbox/control/describe-delivery";
import { listReports } from "@/lib/sandbox/ledger/delivery-reports";
import { expireTokens } from "@/lib/sandbox/open-api/tokens";

const List = z.strictObject({
  outTradeNo: outTradeNo.optional(),
  transactionId: z.string().min(1).max(32).optional(),
  limit: z.int().min(1).max(20_000).default(200),
});
const ExpireToken = z.strictObject({ app: z.enum(["official", "mini"]).default("official") });

/** The control calls about deliveries: what the merchant told WeChat of them, and the tokens it tells it with. */
export const deliveryCalls: Record<string, ControlCall> = {
  reports: (sandbox, given) => ({
    reports: listReports(sandbox.ledger, read(List, given)).map(describeReport),
  }),

  /** The next call with the account's token gets 42001; stable_token then issues a new one. */
  "expire-token"(sandbox, given) {
    const { app } = read(ExpireToken, given);
    const appId = app === "mini" ? sandbox.identity.miniAppId : sandbox.identity.appId;
    return { appId, expired: expireTokens(sandbox, appId) };
  },
};
