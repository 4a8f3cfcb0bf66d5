import { type SettingKey, settingKeys } from "@/lib/settings/definitions";

export const settingGroups = ["shop", "orders", "deliveries", "refunds", "staff", "files"] as const;
export type SettingGroup = (typeof settingGroups)[number];

const groupOf: Record<SettingKey, SettingGroup> = {
  shopName: "shop",
  servicePhone: "shop",
  serviceHours: "shop",
  timeZone: "shop",
  orderExpiresMinutes: "orders",
  maxUnpaidOrders: "orders",
  ordersPerMinute: "orders",
  freightFlatFen: "orders",
  freightFreeFromFen: "orders",
  completeAfterDays: "deliveries",
  remindEveryHours: "deliveries",
  deliveryUndoSeconds: "deliveries",
  escalateFirstPercent: "deliveries",
  escalateSecondPercent: "deliveries",
  refundSecondPersonFromFen: "refunds",
  refundUndoSeconds: "refunds",
  refundAutoApproveBelowFen: "refunds",
  stepUpMinutes: "refunds",
  messageLanguage: "staff",
  messageWebhookUrl: "staff",
  exportAtOnceRows: "files",
};

/** Those that stand between an open desk and the money: to change one asks once more who sits there. */
export const guardsMoney: ReadonlySet<SettingKey> = new Set([
  "refundSecondPersonFromFen",
  "refundAutoApproveBelowFen",
  "stepUpMinutes",
]);

/** The settings of one part of the shop, in the order in which they are defined. */
export function settingsOf(group: SettingGroup): SettingKey[] {
  return settingKeys.filter((key) => groupOf[key] === group);
}
