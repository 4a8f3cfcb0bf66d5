import { findOwnApp } from "@/lib/access-tokens/own-app";
import type { Tx } from "@/lib/db/connect";
import type { Environment } from "@/lib/environment/environment";
import type { Shop } from "@/lib/shop";
import type { Owed } from "./lock-report";
import { delivernotifyReporter } from "./report-by-delivernotify";
import { shippingInfoReporter } from "./report-by-shipping-info";

/** What a try came to. `uploaded`: parcels that WeChat has taken. Neither: it does not show yet what it took. */
export type Told = {
  isReported: boolean;
  uploaded: { deliveryIds: number[]; soFar: Record<string, string> } | null;
};

/** One try, ready to be made: what is kept before WeChat is called, and the call itself, outside any transaction. */
export type ReportTry = {
  request: Record<string, string> | null;
  send: (accessToken: string) => Promise<Told>;
};

/** One of the two ways to tell WeChat what became of a receipt's goods. */
export type DeliveryReporter = {
  channel: "delivernotify" | "shipping-info";
  /**
   * Under the locks: what the next try says. Null when there is nothing to say yet. Throws a refused `WechatError`
   * when it cannot be said.
   */
  plan: (tx: Tx, of: { shop: Shop; owed: Owed; at: Date }) => Promise<ReportTry | null>;
};

/** As much of a report and its receipt as its channel is known by. */
export type Covered = {
  report: Pick<Owed["report"], "channel" | "deliverStatus">;
  receipt: Pick<Owed["receipt"], "appid">;
};

/**
 * Who tells it: the channel of the first try, or else of the settings. `delivernotify` serves the receipts of every
 * appid of ours, `shipping-info` those of the mini program, where a refund is itself the report that nothing was
 * delivered. `waive`: nobody covers it, nothing is owed. `wait`: what is owed is not decided yet.
 */
export function findReporter(
  wechat: Environment["wechat"],
  { report, receipt }: Covered,
): DeliveryReporter | "wait" | "waive" {
  const channel = report.channel ?? wechat.deliveryReport;
  const isDecided = report.deliverStatus !== null;
  if (channel === "delivernotify" && isDecided && findOwnApp(wechat, receipt.appid))
    return delivernotifyReporter;
  if (channel === "shipping-info" && report.deliverStatus !== 0 && receipt.appid === wechat.mini?.appId)
    return shippingInfoReporter;
  return isDecided ? "waive" : "wait";
}
