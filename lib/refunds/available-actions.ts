import type { StaffRole } from "@/lib/db/schema/staff";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import { isRefused, type Standing } from "./queues";

/** What a person of the staff can do about one refund, and the right it takes. */
export const refundActions = {
  approve: "refunds.approve",
  askReturn: "refunds.approve",
  reject: "refunds.approve",
  undo: "refunds.approve",
  receiveReturn: "refunds.receive",
  refuseReturn: "refunds.receive",
  tryAgain: "refunds.pay",
  askWechat: "refunds.read",
  recordPayout: "refunds.pay",
  giveUp: "refunds.pay",
} as const satisfies Record<string, Permission>;
export type RefundAction = keyof typeof refundActions;

/**
 * Why an action is not there: the refund stands elsewhere, the window is over, WeChat has not refused it, nothing of it
 * has left, the role may not, or it takes somebody else.
 */
export type Off = "elsewhere" | "window_over" | "not_refused" | "nothing_left_us" | "role" | "second_person";

type Facts = Standing & {
  staffId: number | null;
  firstApprovedBy: number | null;
  /** With what was let go out of the same receipt before. */
  togetherFen: number;
  sendAfter: Date | null;
  /** Pieces of its order have left the shop. */
  hasShipped: boolean;
};

/** Every action with why it is off, or null where it can be done. The verbs decide; this only shows it beforehand. */
export function availableActions(
  refund: Facts,
  by: { staff: { id: number; role: StaffRole }; now: Date; secondPersonFromFen: number },
): Record<RefundAction, Off | null> {
  const offs = Object.entries(refundActions).map(([action, permission]) => [
    action,
    stateOff(action as RefundAction, refund, by.now) ??
      (isAllowed(by.staff.role, permission) ? personOff(action as RefundAction, refund, by) : "role"),
  ]);
  return Object.fromEntries(offs);
}

function stateOff(action: RefundAction, refund: Facts, now: Date): Off | null {
  const { status } = refund;
  const unless = (holds: boolean, off: Off = "elsewhere") => (holds ? null : off);
  switch (action) {
    case "approve":
    case "reject":
      return unless(status === "requested");
    case "askReturn":
      return unless(status === "requested") ?? unless(refund.hasShipped, "nothing_left_us");
    case "undo":
      if (status !== "approved") return "elsewhere";
      return unless(refund.sendAfter !== null && now < refund.sendAfter, "window_over");
    case "receiveReturn":
    case "refuseReturn":
      return unless(status === "awaiting_return");
    case "tryAgain": // An approved one whose window is over may wait because all sending is paused.
      if (status === "approved") return unless(refund.sendAfter === null || now >= refund.sendAfter);
      return unless(status === "sending");
    case "askWechat":
      return unless(["sending", "accepted", "abnormal"].includes(status));
    case "recordPayout":
      return unless(status === "manual" && refund.manualPaidAt === null);
    case "giveUp":
      if (status === "manual") return unless(refund.manualPaidAt === null);
      return unless(status === "sending") ?? unless(isRefused(refund), "not_refused");
  }
}

/** From the limit on, whoever asked never approves, and nobody is both persons. */
function personOff(
  action: RefundAction,
  { staffId, firstApprovedBy, togetherFen }: Facts,
  by: { staff: { id: number }; secondPersonFromFen: number },
): Off | null {
  if (action !== "approve" && action !== "askReturn") return null;
  if (by.secondPersonFromFen === 0 || togetherFen < by.secondPersonFromFen) return null;
  return staffId === by.staff.id || firstApprovedBy === by.staff.id ? "second_person" : null;
}
