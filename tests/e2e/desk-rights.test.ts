import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StaffRole, staffRoles } from "@/lib/db/schema";
import type { Permission } from "@/lib/staff/rights";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aStaffMember, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { deskWords } from "@/tests/support/desk-words";

const { en } = deskWords;
const everybody: readonly StaffRole[] = staffRoles;

/** Who may open what, written out again: the pages' own calls are what is tried here. */
const pages: { path: string; permission: Permission; roles: readonly StaffRole[] }[] = [
  { path: "/dashboard", permission: "orders.read", roles: everybody },
  { path: "/dashboard/orders", permission: "orders.read", roles: everybody },
  { path: "/dashboard/orders/ORDER", permission: "orders.read", roles: everybody },
  { path: "/dashboard/money", permission: "money.read", roles: ["owner", "finance"] },
  {
    path: "/dashboard/notifications",
    permission: "notifications.read",
    roles: ["owner", "finance", "support"],
  },
  {
    path: "/dashboard/notifications/1",
    permission: "notifications.read",
    roles: ["owner", "finance", "support"],
  },
  { path: "/dashboard/alarms", permission: "alarms.read", roles: everybody },
  { path: "/dashboard/settings", permission: "settings.read", roles: ["owner", "finance"] },
];

let running: RunningShop;
let orderNo: string;
const people = {} as Record<StaffRole, { id: number; cookie: string }>;

beforeAll(async () => {
  running = await aRunningShop({ worker: false });
  ({ orderNo } = await aPaidOrder(running));
  for (const role of staffRoles) {
    const { email, id } = await aStaffMember(running, role);
    const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
    people[role] = { id, cookie: `${cookie}; zg_locale=en` };
  }
});
afterAll(() => running?.stop());

const open = (role: StaffRole, path: string) =>
  fetch(running.url + path.replace("ORDER", orderNo), {
    headers: { cookie: people[role].cookie },
    redirect: "manual",
  });

const pairs = pages.flatMap((page) => staffRoles.map((role) => ({ ...page, role })));

describe("the rights of a role", () => {
  test.each(pairs)("$role at $path", async ({ role, path, permission, roles }) => {
    const refusals = () =>
      running.shop.sql`SELECT subject_id AS permission FROM audit_entries
        WHERE action = 'staff.refused' AND staff_id = ${people[role].id}`;
    const before = await refusals();

    const answer = await open(role, path);

    const text = await answer.text();
    const after = await refusals();
    if (roles.includes(role)) {
      expect(answer.status).toBe(200);
      expect(after).toHaveLength(before.length);
      return;
    }
    expect(answer.status).toBe(403);
    expect(text).toContain(en.forbidden.title);
    expect(text).toContain(en.roles[role]);
    expect(after.slice(before.length)).toEqual([{ permission }]);
  });

  test.each(staffRoles)("the navigation of %s leads only where they may go", async (role) => {
    const text = await (await open(role, "/dashboard")).text();

    const linked = pages.filter(({ path }) => text.includes(`href="${path}"`)).map(({ path }) => path);
    const allowed = pages.filter(({ path, roles }) => roles.includes(role) && !/ORDER|\/1$/.test(path));
    expect(linked).toEqual(allowed.map(({ path }) => path));
  });

  test("who may not read messages sees that one came, and not what is in it", async () => {
    const [packer, owner] = [
      await (await open("fulfilment", "/dashboard/orders/ORDER")).text(),
      await (await open("owner", "/dashboard/orders/ORDER")).text(),
    ];

    expect(owner).toContain("return_code");
    expect(packer).not.toContain("return_code");
    expect(packer).toContain(en.order.timeline.mayNotReadRaw);
  });
});
