import { z } from "zod";
import type { ControlCall } from "@/lib/sandbox/control/control-call";
import { ControlError } from "@/lib/sandbox/control/control-error";
import { outTradeNo, read } from "@/lib/sandbox/control/control-input";
import { describeReport, describeUpload } from "@/lib/sandbox/control/describe-delivery";
import { markConfirmed } from "@/lib/sandbox/ledger/delivery-facts";
import { listReports } from "@/lib/sandbox/ledger/delivery-reports";
import { listUploads } from "@/lib/sandbox/ledger/shipping-uploads";
import { transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { expireTokens } from "@/lib/sandbox/open-api/tokens";
import { changeShippingSettings, ShippingSettings } from "@/lib/sandbox/shipping/shipping-settings";

const List = z.strictObject({
  outTradeNo: outTradeNo.optional(),
  transactionId: z.string().min(1).max(32).optional(),
  limit: z.int().min(1).max(20_000).default(200),
});
const Confirm = z.strictObject({ outTradeNo, completed: z.boolean().optional() });
const ExpireToken = z.strictObject({ app: z.enum(["official", "mini"]).default("official") });

/** The control calls about deliveries: what the merchant told WeChat of them, and the tokens it tells it with. */
export const deliveryCalls: Record<string, ControlCall> = {
  reports: (sandbox, given) => ({
    reports: listReports(sandbox.ledger, read(List, given)).map(describeReport),
  }),

  uploads: (sandbox, given) => ({
    uploads: listUploads(sandbox.ledger, read(List, given)).map(describeUpload),
  }),

  /** The buyer says that the goods are there: order_state 3 or 4, and nothing can be shipped any more. */
  "confirm-receipt"(sandbox, given) {
    const { outTradeNo: number, completed } = read(Confirm, given);
    const [paid] = transactionsOf(sandbox.ledger, number);
    if (!paid) throw new ControlError(404, `nothing was paid for ${number}`, "unknown");
    markConfirmed(sandbox.ledger, { transactionId: paid.transactionId, state: completed ? 4 : 3 });
    return { transactionId: paid.transactionId, orderState: completed ? 4 : 3 };
  },

  "shipping-settings": (sandbox, given) =>
    changeShippingSettings(sandbox.ledger, read(ShippingSettings.partial(), given)),

  /** The next call with the account's token gets 42001; stable_token then issues a new one. */
  "expire-token"(sandbox, given) {
    const { app } = read(ExpireToken, given);
    const appId = app === "mini" ? sandbox.identity.miniAppId : sandbox.identity.appId;
    return { appId, expired: expireTokens(sandbox, appId) };
  },
};
