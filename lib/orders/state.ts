export const orderStatuses = ["pending", "closing", "closed", "paid", "shipped", "completed"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/**
 * What moves an order, from where, to where. A test walks every event × status pair.
 * `pay` and `revive` are made by `settle_payment` alone, the one place that reads the money.
 */
export const orderMoves = {
  pay: { from: ["pending", "closing"], to: "paid" },
  revive: { from: ["closed"], to: "paid" }, // Late money for an expired order, when stock can be had again.
  startClosing: { from: ["pending"], to: "closing" }, // WeChat may still take money: stock stays held.
  close: { from: ["pending", "closing"], to: "closed" }, // From pending only when nothing was ever sent to WeChat.
  refund: { from: ["paid"], to: "closed" }, // In full, nothing shipped: made by `settle_refund` alone.
  ship: { from: ["paid"], to: "shipped" }, // Every piece has left, or will not: made by `conclude_delivery` alone.
  unship: { from: ["shipped"], to: "paid" }, // A person undid a delivery before its report went out.
  complete: { from: ["shipped"], to: "completed" }, // The buyer has it, or enough days went by.
} as const satisfies Record<string, Move<OrderStatus>>;

export type OrderEvent = keyof typeof orderMoves;

export type Move<Status extends string> = { from: readonly Status[]; to: Status };
