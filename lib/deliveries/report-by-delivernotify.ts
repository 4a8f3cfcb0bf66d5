import { recordCall } from "@/lib/payments/record-call";
import { buildDeliverNotify, sendDeliverNotify } from "@/lib/wechat/delivernotify";
import type { DeliveryReporter } from "./delivery-reporter";

/** One message a receipt, made at the first try and the same to the byte at every other. */
export const delivernotifyReporter: DeliveryReporter = {
  channel: "delivernotify",
  async plan(_tx, { shop, owed, at }) {
    const { report, receipt } = owed;
    if (report.deliverStatus === null) return null;
    // One that never got past the token may have become another report meanwhile.
    const stored = report.request?.deliver_status === String(report.deliverStatus) ? report.request : null;
    const request =
      stored ??
      buildDeliverNotify({
        appId: receipt.appid,
        openid: receipt.openid,
        transactionId: receipt.transactionId,
        outTradeNo: receipt.outTradeNo,
        at,
        status: report.deliverStatus === 1 ? 1 : 0,
        message: report.deliverMsg ?? "ok",
      });
    const { appKey } = shop.environment.wechat;
    return {
      request,
      async send(accessToken) {
        await recordCall(
          shop,
          { report, call: "delivernotify" },
          () => sendDeliverNotify(shop.platform, { accessToken, request, appKey }),
          () => "accepted",
        );
        return { isReported: true, uploaded: null };
      },
    };
  },
};
