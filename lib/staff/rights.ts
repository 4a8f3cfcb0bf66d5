import type { StaffRole } from "@/lib/db/schema/staff";

/** What a person of the merchant's may do, one word for each kind of page or action. */
export const permissions = [
  "orders.read",
  "orders.ship",
  "orders.note",
  "orders.evidence",
  "deadlines.move",
  "members.read",
  "members.edit",
  "members.reveal",
  "members.erase",
  "money.read",
  "money.settle",
  "refunds.read",
  "refunds.request",
  "refunds.approve",
  "refunds.receive",
  "refunds.pay",
  "notifications.read",
  "notifications.replay",
  "alarms.read",
  "alarms.handle",
  "products.read",
  "products.edit",
  "stock.adjust",
  "lists.export",
  "audit.read",
  "settings.read",
  "settings.change",
  "setup.read",
  "staff.manage",
] as const;
export type Permission = (typeof permissions)[number];

/** Who may do what. An owner may do everything; a test walks every role × permission pair. */
export const rights: Record<StaffRole, readonly Permission[]> = {
  owner: permissions,
  finance: [
    "orders.read",
    "orders.note",
    "orders.evidence", // Complaints and the tax office.
    "members.read",
    "money.read",
    "money.settle",
    "refunds.read",
    "refunds.request",
    "refunds.approve",
    "refunds.receive",
    "refunds.pay",
    "notifications.read",
    "notifications.replay",
    "alarms.read",
    "alarms.handle",
    "products.read",
    "lists.export",
    "audit.read",
    "settings.read",
    "setup.read",
  ],
  fulfilment: [
    "orders.read",
    "orders.ship",
    "orders.note",
    "deadlines.move",
    "members.read",
    "members.reveal",
    "refunds.read",
    "refunds.receive",
    "alarms.read",
    "alarms.handle",
    "products.read",
    "stock.adjust",
  ],
  support: [
    "orders.read",
    "orders.note",
    "orders.evidence",
    "members.read",
    "members.edit",
    "members.reveal",
    "refunds.read",
    "refunds.request",
    "notifications.read",
    "alarms.read",
    "alarms.handle",
    "products.read",
  ],
};

export function isAllowed(role: StaffRole, permission: Permission): boolean {
  return rights[role].includes(permission);
}
