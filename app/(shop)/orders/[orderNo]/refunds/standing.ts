import type { OrderView } from "@/lib/orders/find-order";
import type { RefundStatus } from "@/lib/refunds/state";

export type Refund = OrderView["refunds"][number];

/** How a refund stands for its buyer: two of our statuses mean two things to them. */
export type Standing = RefundStatus | "returning" | "to_be_paid";

export function standingOf(refund: Pick<Refund, "status" | "returnTrackingNo" | "manualMethod">): Standing {
  if (refund.status === "awaiting_return" && refund.returnTrackingNo !== null) return "returning";
  if (refund.status === "manual" && refund.manualMethod === null) return "to_be_paid";
  return refund.status;
}

const over: Standing[] = ["succeeded", "manual", "closed", "rejected", "withdrawn"];

/** It can still change by itself: the buyer's page follows it. */
export function isUnderway(refund: Refund): boolean {
  return !over.includes(standingOf(refund));
}

/** Nothing is left to decide: the money is on its way to the buyer. */
export function isOnItsWay({ status }: Refund): boolean {
  return status === "approved" || status === "sending" || status === "accepted";
}

/** The money is with the buyer again. */
export function isPaidBack(refund: Refund): boolean {
  const standing = standingOf(refund);
  return standing === "succeeded" || standing === "manual";
}
