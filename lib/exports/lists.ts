import type { ExportedList } from "./exported-list";
import { alarmList } from "./lists/alarms";
import { auditList } from "./lists/audit";
import { deliveryList } from "./lists/deliveries";
import { memberList } from "./lists/members";
import { moneyList } from "./lists/money";
import { notificationList } from "./lists/notifications";
import { orderList } from "./lists/orders";
import { productList } from "./lists/products";
import { refundList } from "./lists/refunds";

/** Every list that can be had as a file, by the word in its address. */
export const exportedLists = {
  orders: orderList,
  deliveries: deliveryList,
  refunds: refundList,
  money: moneyList,
  notifications: notificationList,
  alarms: alarmList,
  products: productList,
  members: memberList,
  audit: auditList,
} satisfies Record<string, ExportedList>;

export type ListName = keyof typeof exportedLists;

export function findList(name: string): ListName | null {
  return Object.hasOwn(exportedLists, name) ? (name as ListName) : null;
}
