import type { Move } from "../orders/state";

export const deliveryKinds = ["express", "same_city", "pickup", "virtual"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

export const deliveryStatuses = ["shipped", "received", "failed", "voided"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** What moves a delivery, from where, to where. A test walks every event × status pair. */
export const deliveryMoves = {
  receive: { from: ["shipped"], to: "received" },
  fail: { from: ["shipped"], to: "failed" }, // Lost, refused, returned: its pieces stay counted as shipped.
  void: { from: ["shipped"], to: "voided" }, // Undone before its report went out: its pieces are to ship again.
} as const satisfies Record<string, Move<DeliveryStatus>>;

export type DeliveryEvent = keyof typeof deliveryMoves;

export const reportStatuses = ["queued", "reported", "refused", "waived"] as const;
export type ReportStatus = (typeof reportStatuses)[number];

/** What moves a delivery report. A test walks every event × status pair. */
export const reportMoves = {
  report: { from: ["queued"], to: "reported" }, // WeChat accepted it.
  refuse: { from: ["queued"], to: "refused" }, // No repeat helps: a person sets it right.
  waive: { from: ["queued"], to: "waived" }, // The channel does not cover this receipt: nothing is owed.
  sendAgain: { from: ["refused", "waived"], to: "queued" }, // By a person; waived, when the settings cover it after all.
  giveUp: { from: ["refused"], to: "waived" }, // WeChat will never take it here: a person told it otherwise, or need not.
  reopen: { from: ["reported"], to: "queued" }, // A parcel was corrected, and the channel wants to know.
} as const satisfies Record<string, Move<ReportStatus>>;

export type ReportEvent = keyof typeof reportMoves;
