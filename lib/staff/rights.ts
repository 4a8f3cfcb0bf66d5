import type { StaffRole } from "@/lib/db/schema/staff";

/** What a person of the merchant's may do, one word for each kind of page or action. */
export const permissions = [
  "orders.read",
  "orders.ship",
  "deadlines.move",
  "members.reveal",
  "money.read",
  "money.settle",
  "refunds.read",
  "refunds.request",
  "refunds.approve",
  "refunds.receive",
  "refunds.pay",
  "notifications.read",
  "alarms.read",
  "alarms.handle",
  "products.edit",
  "lists.export",
  "audit.read",
  "settings.read",
  "settings.change",
  "staff.manage",
] as const;
export type Permission = (typeof permissions)[number];

/** Who may do what. An owner may do everything; a test walks every role × permission pair. */
export const rights: Record<StaffRole, readonly Permission[]> = {
  owner: permissions,
  finance: [
    "orders.read",
    "money.read",
    "money.settle",
    "refunds.read",
    "refunds.request",
    "refunds.approve",
    "refunds.receive",
    "refunds.pay",
    "notifications.read",
    "alarms.read",
    "alarms.handle",
    "lists.export",
    "audit.read",
    "settings.read",
  ],
  fulfilment: [
    "orders.read",
    "orders.ship",
    "deadlines.move",
    "members.reveal",
    "refunds.read",
    "refunds.receive",
    "alarms.read",
    "alarms.handle",
  ],
  support: [
    "orders.read",
    "members.reveal",
    "refunds.read",
    "refunds.request",
    "notifications.read",
    "alarms.read",
    "alarms.handle",
  ],
};

export function isAllowed(role: StaffRole, permission: Permission): boolean {
  return rights[role].includes(permission);
}
