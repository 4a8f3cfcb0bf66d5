import type { Permission } from "@/lib/staff/rights";

/** The desk's rooms in the order of a working day, and the right that opens each. */
export const deskPages = [
  ["home", "/dashboard", "orders.read"],
  ["orders", "/dashboard/orders", "orders.read"],
  ["deliveries", "/dashboard/deliveries", "orders.read"],
  ["refunds", "/dashboard/refunds", "refunds.read"],
  ["money", "/dashboard/money", "money.read"],
  ["alarms", "/dashboard/alarms", "alarms.read"],
  ["notifications", "/dashboard/notifications", "notifications.read"],
  ["products", "/dashboard/products", "products.read"],
  ["members", "/dashboard/members", "members.read"],
  ["exports", "/dashboard/exports", "lists.export"],
  ["staff", "/dashboard/staff", "staff.manage"],
  ["audit", "/dashboard/audit", "audit.read"],
  ["settings", "/dashboard/settings", "settings.read"],
  ["setup", "/dashboard/setup", "setup.read"],
] as const satisfies readonly (readonly [string, string, Permission])[];
