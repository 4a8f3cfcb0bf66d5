import type { describeReport, describeUpload } from "@/lib/sandbox/control/describe-delivery";
import type { ShippingSettings } from "@/lib/sandbox/shipping/shipping-settings";

type Report = ReturnType<typeof describeReport>;
type Upload = ReturnType<typeof describeUpload>;

/** What the commands about deliveries print. */
export function reportLine(one: Report): string {
  const copies = one.copies === 1 ? "" : ` (${one.copies}×)`;
  const what = one.status === 1 ? "delivered" : "not delivered";
  return `report ${one.firstAt}  ${one.transactionId}  ${one.status} ${what}: ${one.message}${copies}`;
}

export function reports(answer: { reports: Report[] }): string {
  if (answer.reports.length === 0) return "no reports";
  return answer.reports.map((one) => `${one.outTradeNo}  ${reportLine(one)}`).join("\n");
}

export function expired(answer: { appId: string; expired: number }): string {
  return `${answer.expired} ${answer.expired === 1 ? "token" : "tokens"} of ${answer.appId} expired: the next call gets 42001`;
}

const ways = ["", "express", "same-city", "virtual", "pick-up"];

export function uploadLine(one: Upload): string {
  const mode = one.deliveryMode === 2 ? "split" : "unified";
  const last = one.isAllDelivered ? "all delivered" : "more to come";
  const again = one.isReship ? ", shipped again" : "";
  const parcels = one.parcels.map((parcel) =>
    [parcel.express_company, parcel.tracking_no, parcel.item_desc].filter(Boolean).join(" "),
  );
  return `upload ${one.at}  ${one.transactionId}  ${ways[one.logisticsType]}, ${mode}, ${last}${again}: ${parcels.join("; ")}`;
}

export function uploads(answer: { uploads: Upload[] }): string {
  if (answer.uploads.length === 0) return "no uploads";
  return answer.uploads.map((one) => `${one.outTradeNo}  ${uploadLine(one)}`).join("\n");
}

export function confirmed(answer: { transactionId: string; orderState: number }): string {
  return `${answer.transactionId}: order_state ${answer.orderState}, nothing can be shipped any more`;
}

export function shippingSettings(answer: ShippingSettings): string {
  return `shipping: a payment is known ${answer.knownAfterMs / 1000} s after it was made`;
}
