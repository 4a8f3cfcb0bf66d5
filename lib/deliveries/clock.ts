import type { ProductKind } from "@/lib/db/schema/catalog";
import type { ClosedReason } from "@/lib/db/schema/orders";
import { type Pieces, type ReportFacts, type Standing, standingOf } from "./standing";

/** Why nothing is owed in time any more: WeChat took the report, wants none, or the money went back in full. */
export type ClockEnd = "reported" | "nothingOwed" | "refunded";

export type ClockFacts = {
  kind: ProductKind;
  closedReason: ClosedReason | null;
  deliverBy: Date | null;
  clockEndedAt: Date | null;
  /** Of what paid the order. */
  report: ReportFacts | null;
  isRefunded: boolean;
  pieces: Pieces;
};

/** The clock of a paid order. `endedAt` is null for an order that was closed: it has no deadline any more. */
export type OrderClock =
  | { state: "runs"; kind: ProductKind; deliverBy: Date; standing: Standing }
  | { state: "ended"; why: ClockEnd; endedAt: Date | null };

/** Null for an order that never had one. */
export function clockOf(order: ClockFacts): OrderClock | null {
  const { kind, deliverBy, clockEndedAt, report, pieces } = order;
  if (!deliverBy)
    return order.closedReason === "refunded" ? { state: "ended", why: "refunded", endedAt: null } : null;
  if (!clockEndedAt) return { state: "runs", kind, deliverBy, standing: standingOf(pieces, report) };
  return { state: "ended", why: endOf(order), endedAt: clockEndedAt };
}

/** A report that was reopened for a corrected parcel had ended the clock: it does not run again. */
function endOf({ report, isRefunded }: ClockFacts): ClockEnd {
  if (report?.status === "waived") return "nothingOwed";
  const isReported = report?.status === "reported" && report.deliverStatus === 1;
  return isRefunded && !isReported ? "refunded" : "reported";
}
