import { time } from "@/lib/sandbox/control/describe-refund";
import type { DeliveryReport } from "@/lib/sandbox/ledger/delivery-reports";

/** One accepted report as JSON. */
export function describeReport(report: DeliveryReport) {
  return { ...report, firstAt: time(report.firstAt), lastAt: time(report.lastAt) };
}
