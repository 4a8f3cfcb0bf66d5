/** What the shop itself finds wrong. Each has its title, cause and steps in the catalogue, `alarms.kinds`. */
export const shopAlarmKinds = [
  "deadline_missed",
  "deadline_near",
  "report_refused",
  "report_stuck",
  "token_trouble",
  "delivery_failed",
  "codes_empty",
  "content_unreadable",
  "mismatching_money",
  "second_transaction",
  "unknown_money",
  "refund_stuck",
  "refund_refused",
  "refund_not_enough",
  "refund_by_hand",
  "refund_abnormal",
  "refund_closed",
  "refund_mismatch",
  "refund_contradiction",
  "unknown_refund",
  "certificate_trouble",
  "certificate_expiring",
  "wechat_refused",
  "job_failed",
  "message_failed",
  "forged_notification",
  "foreign_notification",
  "weaker_signature",
] as const;

/** Of WeChat's, those that are known; whatever else it sends is `wechat`. */
export const wechatAlarmKinds = ["1001", "trade_manage_remind_shipping"] as const;

/** 发货超时, and the reminder of a mini program's orders: both are about a report that WeChat does not have. */
export const lateReportKinds: readonly string[] = [...wechatAlarmKinds];

export type AlarmKind = (typeof shopAlarmKinds)[number] | (typeof wechatAlarmKinds)[number];

/** Null for a type of WeChat's that nobody has documented. */
export function knownKind(alarm: { source: "wechat" | "shop"; kind: string }): AlarmKind | null {
  const known = alarm.source === "wechat" ? wechatAlarmKinds : shopAlarmKinds;
  return known.find((kind) => kind === alarm.kind) ?? null;
}

/** WeChat's own clock has run out, or ours has: these stand out in the inbox. */
export const outOfTime: readonly string[] = ["1001", "deadline_missed"];
