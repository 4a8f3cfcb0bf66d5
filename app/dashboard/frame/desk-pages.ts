import type { StaffRole } from "@/lib/db/schema/staff";
import { isAllowed, type Permission } from "@/lib/staff/rights";

type DeskGroup = {
  name: "work" | "shop" | "records" | "house";
  pages: readonly (readonly [name: string, href: string, permission: Permission])[];
};

/** The desk's rooms in the order of a working day, and the right that opens each. */
const groups = [
  {
    name: "work",
    pages: [
      ["home", "/dashboard", "orders.read"],
      ["orders", "/dashboard/orders", "orders.read"],
      ["deliveries", "/dashboard/deliveries", "orders.read"],
      ["refunds", "/dashboard/refunds", "refunds.read"],
      ["money", "/dashboard/money", "money.read"],
      ["alarms", "/dashboard/alarms", "alarms.read"],
    ],
  },
  {
    name: "shop",
    pages: [
      ["products", "/dashboard/products", "products.read"],
      ["members", "/dashboard/members", "members.read"],
    ],
  },
  {
    name: "records",
    pages: [
      ["notifications", "/dashboard/notifications", "notifications.read"],
      ["exports", "/dashboard/exports", "lists.export"],
      ["audit", "/dashboard/audit", "audit.read"],
    ],
  },
  {
    name: "house",
    pages: [
      ["staff", "/dashboard/staff", "staff.manage"],
      ["settings", "/dashboard/settings", "settings.read"],
      ["setup", "/dashboard/setup", "setup.read"],
    ],
  },
] as const satisfies readonly DeskGroup[];

export type GroupName = (typeof groups)[number]["name"];
export type PageName = (typeof groups)[number]["pages"][number][0];
export type DeskPage = { name: PageName; href: string };

/** What stands under the thumb on a phone, beside home: what each role opens all day. */
const underTheThumb: Record<StaffRole, readonly PageName[]> = {
  owner: ["orders", "deliveries", "alarms"],
  finance: ["orders", "refunds", "money"],
  fulfilment: ["orders", "deliveries", "alarms"],
  support: ["orders", "refunds", "alarms"],
};

/** The rooms that a role may enter, in groups; a group with none is left out. */
export function pagesOf(role: StaffRole): { name: GroupName; pages: DeskPage[] }[] {
  return groups
    .map((group) => ({
      name: group.name,
      pages: group.pages
        .filter(([, , permission]) => isAllowed(role, permission))
        .map(([name, href]) => ({ name, href })),
    }))
    .filter(({ pages }) => pages.length > 0);
}

export function isUnderTheThumb(role: StaffRole, page: PageName): boolean {
  return page === "home" || underTheThumb[role].includes(page);
}
