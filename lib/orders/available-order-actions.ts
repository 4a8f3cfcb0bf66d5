import type { ProductKind } from "@/lib/db/schema/catalog";
import type { StaffRole } from "@/lib/db/schema/staff";
import { whyNotShip } from "@/lib/deliveries/available-delivery-actions";
import type { OrderPieces } from "@/lib/deliveries/read-pieces";
import type { ReportStatus } from "@/lib/deliveries/state";
import type { RefundStatus } from "@/lib/refunds/state";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import type { OrderStatus } from "./state";

/** What a person of the staff can do about an order as a whole, and the right it takes. */
export const orderActions = {
  ship: "orders.ship",
  sendReport: "orders.ship",
  giveUpReport: "orders.ship",
  decideRefund: "refunds.approve",
  askRefund: "refunds.request",
  moveDeadline: "deadlines.move",
  assign: "orders.ship",
  note: "orders.note",
  printOrder: "orders.read",
  printSlip: "orders.ship",
  printReceipt: "orders.read",
  evidence: "orders.evidence",
} as const satisfies Record<string, Permission>;
export type OrderAction = keyof typeof orderActions;

/**
 * Why an action is not there: nobody has paid, the order is closed, everything has left or is going back, there is no
 * report, or one that goes out by itself, was taken, or is not owed; no refund waits, or no money is left; there was
 * never a clock, or it has ended; nothing is packed of virtual goods; or the role may not.
 */
export type OrderOff =
  | "unpaid"
  | "closed"
  | "all_shipped"
  | "going_back"
  | "no_report"
  | "report_queued"
  | "report_taken"
  | "report_waived"
  | "no_refund_waits"
  | "nothing_left"
  | "no_clock"
  | "clock_ended"
  | "virtual"
  | "role";

export type OrderFacts = {
  kind: ProductKind;
  status: OrderStatus;
  pieces: OrderPieces;
  /** Of every receipt. `canSend`: by a person, again or after all. */
  reports: { status: ReportStatus; canSend: boolean }[];
  refunds: { status: RefundStatus }[];
  /** What the receipt that paid it took, and what of it can still be asked back. */
  paidFen: number;
  refundableFen: number;
  clock: { state: "runs" | "ended" } | null;
};

/** Every action with why it is off, or null where it can be done. The verbs decide; this only shows it beforehand. */
export function availableOrderActions(
  order: OrderFacts,
  by: { role: StaffRole },
): Record<OrderAction, OrderOff | null> {
  const offs = Object.entries(orderActions).map(([action, permission]) => [
    action,
    stateOff(action as OrderAction, order) ?? (isAllowed(by.role, permission) ? null : "role"),
  ]);
  return Object.fromEntries(offs);
}

function stateOff(action: OrderAction, order: OrderFacts): OrderOff | null {
  switch (action) {
    case "ship":
      return shipOff(order);
    case "sendReport":
      return order.reports.some(({ canSend }) => canSend) ? null : reportOff(order);
    case "giveUpReport":
      return order.reports.some(({ status }) => status === "refused") ? null : reportOff(order);
    case "decideRefund":
      return order.refunds.some(({ status }) => status === "requested") ? null : "no_refund_waits";
    case "askRefund":
      if (order.refundableFen > 0) return null;
      return unpaidOff(order) ?? "nothing_left";
    case "moveDeadline":
    case "assign":
      if (!order.clock) return unpaidOff(order) ?? "no_clock";
      return order.clock.state === "runs" ? null : "clock_ended";
    case "printSlip":
      return unpaidOff(order) ?? (order.kind === "virtual" ? "virtual" : null);
    case "printReceipt":
      return order.paidFen > 0 ? null : (unpaidOff(order) ?? "unpaid");
    case "note":
    case "printOrder":
    case "evidence":
      return null;
  }
}

function unpaidOff({ status }: OrderFacts): OrderOff | null {
  if (status === "pending" || status === "closing") return "unpaid";
  return status === "closed" ? "closed" : null;
}

/** The role comes later, as for every other action: an owner's reasons are the shop's. */
function shipOff(order: OrderFacts): OrderOff | null {
  const off = whyNotShip(order, { role: "owner" });
  return off === "elsewhere" ? unpaidOff(order) : off;
}

/** The report that is nearest to its end says why: one that is still to go out, then one that was taken. */
function reportOff({ reports }: OrderFacts): OrderOff {
  const has = (status: ReportStatus) => reports.some((report) => report.status === status);
  if (has("queued")) return "report_queued";
  if (has("reported")) return "report_taken";
  return reports.length > 0 ? "report_waived" : "no_report";
}
