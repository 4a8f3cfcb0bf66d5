import type { StaffRole } from "@/lib/db/schema/staff";
import type { OrderStatus } from "@/lib/orders/state";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import type { OrderPieces } from "./read-pieces";
import type { DeliveryKind, DeliveryStatus, ReportStatus } from "./state";

/** What a person of the staff can do about one delivery, and the right it takes. */
export const deliveryActions = {
  correct: "orders.ship",
  fail: "orders.ship",
  replace: "orders.ship",
  undo: "orders.ship",
} as const satisfies Record<string, Permission>;
export type DeliveryAction = keyof typeof deliveryActions;

/**
 * Why an action is not there: the delivery stands elsewhere, the window is over, WeChat was told, virtual goods were
 * given, it was replaced already, the buyer has the money, or the role may not.
 */
export type DeliveryOff =
  | "elsewhere"
  | "window_over"
  | "reported"
  | "given"
  | "replaced"
  | "refunded"
  | "role";

type Facts = {
  kind: DeliveryKind;
  status: DeliveryStatus;
  shippedAt: Date;
  isReplaced: boolean;
  /** Pieces of a failed one that the buyer has neither got nor is paid back for. */
  owed: number;
};

type Report = { status: ReportStatus; attempts: number } | null;

/** Every action with why it is off, or null where it can be done. The verbs decide; this only shows it beforehand. */
export function availableDeliveryActions(
  delivery: Facts,
  by: { role: StaffRole; now: Date; undoSeconds: number; report: Report },
): Record<DeliveryAction, DeliveryOff | null> {
  const offs = Object.entries(deliveryActions).map(([action, permission]) => [
    action,
    stateOff(action as DeliveryAction, delivery, by) ?? (isAllowed(by.role, permission) ? null : "role"),
  ]);
  return Object.fromEntries(offs);
}

function stateOff(
  action: DeliveryAction,
  delivery: Facts,
  by: { now: Date; undoSeconds: number; report: Report },
): DeliveryOff | null {
  switch (action) {
    case "correct":
    case "fail":
      return delivery.status === "shipped" ? null : "elsewhere";
    case "replace":
      if (delivery.status !== "failed") return "elsewhere";
      if (delivery.isReplaced) return "replaced";
      return delivery.owed > 0 ? null : "refunded";
    case "undo":
      if (delivery.status !== "shipped") return "elsewhere";
      if (delivery.kind === "virtual") return "given";
      if (by.now >= undoUntil(delivery, by.undoSeconds)) return "window_over";
      return by.report && (by.report.status !== "queued" || by.report.attempts > 0) ? "reported" : null;
  }
}

/** Until when a delivery can be undone. */
export function undoUntil({ shippedAt }: { shippedAt: Date }, undoSeconds: number): Date {
  return new Date(shippedAt.getTime() + undoSeconds * 1000);
}

/** Why nothing of an order can be shipped, or null where something can. */
export type ShipOff = "elsewhere" | "all_shipped" | "going_back" | "role";

export function whyNotShip(
  order: { status: OrderStatus; pieces: OrderPieces },
  by: { role: StaffRole },
): ShipOff | null {
  const { lines } = order.pieces;
  if (order.status === "shipped" || order.status === "completed") return "all_shipped";
  if (order.status !== "paid") return "elsewhere";
  if (lines.every((line) => line.left === 0)) return "all_shipped";
  if (lines.every((line) => line.left === line.goingBack)) return "going_back";
  return isAllowed(by.role, "orders.ship") ? null : "role";
}
