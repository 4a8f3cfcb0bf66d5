import type { Move } from "../orders/state";

export const alarmStatuses = ["open", "acknowledged", "resolved"] as const;
export type AlarmStatus = (typeof alarmStatuses)[number];

/** What moves an alarm: a person, or the fact that it was about. A test walks every event × status pair. */
export const alarmMoves = {
  acknowledge: { from: ["open"], to: "acknowledged" },
  resolve: { from: ["open", "acknowledged"], to: "resolved" },
} as const satisfies Record<string, Move<AlarmStatus>>;
