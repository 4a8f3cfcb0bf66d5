import type { Move } from "../orders/state";
import type { RefundRefusal } from "../wechat/refund-refusal";

export const refundStatuses = [
  "requested",
  "rejected",
  "withdrawn",
  "approved",
  "awaiting_return",
  "sending",
  "accepted",
  "abnormal",
  "succeeded",
  "closed",
  "manual",
] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/**
 * What moves a refund, from where, to where. A test walks every event × status pair. The moves that follow WeChat's
 * word (`accept`, `turnAbnormal`, `succeed`, `close`, `correct`, `reopen`) are made by `settle_refund` alone.
 */
export const refundMoves = {
  approve: { from: ["requested"], to: "approved" },
  reject: { from: ["requested"], to: "rejected" },
  withdraw: { from: ["requested"], to: "withdrawn" },
  undo: { from: ["approved"], to: "requested" }, // Within the window, before anything was sent.
  askReturn: { from: ["approved"], to: "awaiting_return" },
  receiveReturn: { from: ["awaiting_return"], to: "approved" },
  refuseReturn: { from: ["awaiting_return"], to: "rejected" },
  send: { from: ["approved"], to: "sending" },
  resend: { from: ["accepted"], to: "sending" }, // WeChat says that it knows of no such refund.
  accept: { from: ["sending"], to: "accepted" },
  turnAbnormal: { from: ["accepted"], to: "abnormal" }, // The card is dead: the merchant acts in WeChat's portal.
  succeed: { from: ["accepted", "abnormal"], to: "succeeded" },
  close: { from: ["accepted", "abnormal"], to: "closed" }, // WeChat gave up, the money is back: a new refund.
  correct: { from: ["closed", "manual"], to: "succeeded" }, // WeChat paid what was believed unpaid: a person is told.
  reopen: { from: ["closed", "manual"], to: "accepted" }, // WeChat has under way what was believed refused: a person is told.
  payByHand: { from: ["sending"], to: "manual" },
  giveUp: { from: ["sending", "manual"], to: "closed" }, // WeChat refused it and knows nothing of it; a person ends it unpaid.
} as const satisfies Record<string, Move<RefundStatus>>;

export type RefundEvent = keyof typeof refundMoves;

/** What a failed try may ask for next, as the rows keep it. */
export const refundRefusals = [
  "again",
  "slower",
  "not_enough",
  "quota",
  "certificate",
  "by_hand",
  "person",
] as const satisfies readonly RefundRefusal[];

/** Money that is promised, on its way or gone: what is left of a receipt is less by these. */
export const liveRefundStatuses = [
  "requested",
  "approved",
  "awaiting_return",
  "sending",
  "accepted",
  "abnormal",
  "succeeded",
  "manual",
] as const satisfies readonly RefundStatus[];

/** WeChat has it, or a person pays it: of what was received, only the rest can still go out. */
export const outStatuses = [
  "accepted",
  "abnormal",
  "succeeded",
  "manual",
] as const satisfies readonly RefundStatus[];
