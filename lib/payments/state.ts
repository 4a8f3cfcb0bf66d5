import type { Move } from "../orders/state";

export const paymentStatuses = ["created", "open", "paid", "closed"] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What moves a payment, from where, to where. `pay` is made by `settle_payment` alone. */
export const paymentMoves = {
  open: { from: ["created"], to: "open" }, // WeChat accepted it.
  pay: { from: ["created", "open", "closed"], to: "paid" }, // The notification may overtake the answer, or the closing.
  close: { from: ["created", "open"], to: "closed" },
} as const satisfies Record<string, Move<PaymentStatus>>;

export type PaymentEvent = keyof typeof paymentMoves;
