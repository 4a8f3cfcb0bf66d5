import { time } from "@/lib/sandbox/control/describe-refund";
import type { DeliveryReport } from "@/lib/sandbox/ledger/delivery-reports";
import type { ShippingUpload } from "@/lib/sandbox/ledger/shipping-uploads";

/** One accepted report as JSON. */
export function describeReport(report: DeliveryReport) {
  return { ...report, firstAt: time(report.firstAt), lastAt: time(report.lastAt) };
}

/** One accepted upload as JSON. */
export function describeUpload(upload: ShippingUpload) {
  return { ...upload, at: time(upload.at) };
}
