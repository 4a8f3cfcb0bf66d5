import type { Permission } from "@/lib/staff/rights";

/** What is done with several orders at once, and the right that each needs. */
export const deedRights = {
  ship: "orders.ship",
  print: "orders.ship",
  csv: "lists.export",
  xlsx: "lists.export",
  assign: "orders.ship",
  note: "orders.note",
} as const satisfies Record<string, Permission>;
export type Deed = keyof typeof deedRights;

/** How many at once, as far as what does it takes them. */
export const deedLimits = {
  ship: 200,
  print: 100,
  csv: 300, // As many as an address holds beside the cookies.
  xlsx: 300,
  assign: 200,
  note: 100,
} as const satisfies Record<Deed, number>;

/** The deeds that only lead somewhere else: an address that takes the orders as `order=…`. */
export const leads = {
  ship: "/dashboard/deliveries/ship?",
  print: "/dashboard/orders/print?form=slip&",
  csv: "/api/export/orders?format=csv&",
  xlsx: "/api/export/orders?format=xlsx&",
} as const satisfies Partial<Record<Deed, string>>;

export function isLead(deed: Deed): deed is keyof typeof leads {
  return deed in leads;
}
