import type { OwnOrder } from "./list-own-orders";

/**
 * What a buyer does about an order next: `reminded` and `look` are nothing but to wait, `again` is to buy the same once
 * more. Money that waits for goods comes before everything else.
 */
export type OwnStep = "pay" | "send_back" | "remind" | "reminded" | "receive" | "again" | "look";

export function nextOwnStep(
  order: Pick<OwnOrder, "status" | "expiresAt" | "awaitsReturn" | "remindFrom" | "isReceivable" | "refund">,
  now: Date,
): OwnStep {
  if (order.awaitsReturn) return "send_back";
  switch (order.status) {
    case "pending":
      return order.expiresAt > now ? "pay" : "look";
    case "closing":
      return "look";
    case "paid":
      if (order.refund === "underway" || order.remindFrom === null) return "look";
      return order.remindFrom > now ? "reminded" : "remind";
    case "shipped":
      return order.isReceivable ? "receive" : "look";
    case "completed":
    case "closed":
      return "again";
  }
}
