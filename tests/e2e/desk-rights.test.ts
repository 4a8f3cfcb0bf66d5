import { globSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draftBatch } from "@/lib/batches/draft-batch";
import { type StaffRole, staffRoles } from "@/lib/db/schema/staff";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { askedBy } from "@/tests/support/a-refundable-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aStaffMember, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import {
  type BuiltAction,
  deskActions,
  deskRoutes,
  readActions,
  sendAction,
} from "@/tests/support/desk-actions";
import { deskWords } from "@/tests/support/desk-words";
import { aRecipient } from "@/tests/support/order-in-browser";

const { en } = deskWords;
const everybody: readonly StaffRole[] = staffRoles;

/** Who may open what, written out again: the pages' own calls are what is tried here. */
const pages: {
  path: string;
  permission: Permission;
  roles: readonly StaffRole[];
  /** What it is about is not there: whoever may look is told so. */
  isMissing?: true;
}[] = [
  { path: "/dashboard", permission: "orders.read", roles: everybody },
  { path: "/dashboard/orders", permission: "orders.read", roles: everybody },
  { path: "/dashboard/orders/ORDER", permission: "orders.read", roles: everybody },
  { path: "/dashboard/orders/print?form=order&order=ORDER", permission: "orders.read", roles: everybody },
  {
    path: "/dashboard/orders/print?form=slip&order=ORDER",
    permission: "orders.ship",
    roles: ["owner", "fulfilment"],
  },
  { path: "/dashboard/deliveries", permission: "orders.read", roles: everybody },
  {
    path: "/dashboard/deliveries/ship?order=ORDER",
    permission: "orders.ship",
    roles: ["owner", "fulfilment"],
  },
  { path: "/dashboard/deliveries/import", permission: "orders.ship", roles: ["owner", "fulfilment"] },
  { path: "/dashboard/deliveries/batches/BATCH", permission: "orders.ship", roles: ["owner", "fulfilment"] },
  { path: "/dashboard/deliveries/contents", permission: "products.edit", roles: ["owner"] },
  { path: "/dashboard/refunds", permission: "refunds.read", roles: everybody },
  { path: "/dashboard/refunds/REFUND", permission: "refunds.read", roles: everybody },
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
  { path: "/dashboard/products", permission: "products.read", roles: everybody },
  { path: "/dashboard/products/1", permission: "products.read", roles: everybody },
  { path: "/dashboard/products/categories", permission: "products.edit", roles: ["owner"] },
  { path: "/dashboard/products/new", permission: "products.edit", roles: ["owner"] },
  { path: "/dashboard/members", permission: "members.read", roles: everybody },
  { path: "/dashboard/members/MEMBER", permission: "members.read", roles: everybody },
  { path: "/dashboard/exports", permission: "lists.export", roles: ["owner", "finance"] },
  {
    path: "/dashboard/exports/1",
    permission: "lists.export",
    roles: ["owner", "finance"],
    isMissing: true,
  },
  { path: "/dashboard/account", permission: "account.edit", roles: everybody },
  { path: "/dashboard/staff", permission: "staff.manage", roles: ["owner"] },
  { path: "/dashboard/staff/STAFF", permission: "staff.manage", roles: ["owner"] },
  { path: "/dashboard/audit", permission: "audit.read", roles: ["owner", "finance"] },
  { path: "/dashboard/settings", permission: "settings.read", roles: ["owner", "finance"] },
  { path: "/dashboard/setup", permission: "setup.read", roles: ["owner", "finance"] },
];

let running: RunningShop;
let orderNo: string;
let refundNo: string;
let batchId: number;
let memberId: number;
let actions: BuiltAction[];
const people = {} as Record<StaffRole, { id: number; cookie: string }>;

beforeAll(async () => {
  running = await aRunningShop({ worker: false });
  actions = readActions();
  ({ orderNo } = await aPaidOrder(running));
  const [order] = await running.shop.sql<{ memberId: number }[]>`
    SELECT member_id::int AS "memberId" FROM orders WHERE order_no = ${orderNo}`;
  memberId = order?.memberId ?? 0;
  refundNo = await askedBy(running.shop, { orderNo, memberId }, { refundFen: 100 });
  for (const role of staffRoles) {
    const { email, id } = await aStaffMember(running, role);
    const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
    people[role] = { id, cookie: `${cookie}; zg_locale=en` };
  }
  const bytes = new TextEncoder().encode(`${orderNo},YT8800000000001\n`);
  ({ batchId } = await draftBatch(running.shop, { bytes, fileName: "a.csv", staffId: people.owner.id }));
});
afterAll(() => running?.stop());

const open = (role: StaffRole, path: string) =>
  fetch(running.url + filledIn(path), { headers: { cookie: people[role].cookie }, redirect: "manual" });
const filledIn = (path: string) =>
  path
    .replace("ORDER", orderNo)
    .replace("REFUND", refundNo)
    .replace("BATCH", String(batchId))
    .replace("MEMBER", String(memberId))
    .replace("STAFF", String(people.owner.id));

const refusalsOf = (role: StaffRole) =>
  running.shop.sql`SELECT subject_id AS permission FROM audit_entries
    WHERE action = 'staff.refused' AND staff_id = ${people[role].id} ORDER BY id`;

const pairs = pages.flatMap((page) => staffRoles.map((role) => ({ ...page, role })));

describe("the rights of a role", () => {
  test.each(pairs)("$role at $path", async ({ role, path, permission, roles, isMissing }) => {
    const before = await refusalsOf(role);

    const answer = await open(role, path);

    const text = await answer.text();
    const after = await refusalsOf(role);
    if (roles.includes(role)) {
      expect(answer.status).toBe(isMissing ? 404 : 200);
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
    const allowed = pages.filter(
      ({ path, roles }) => roles.includes(role) && !/[A-Z]|import|contents|categories|\/1$|\/new$/.test(path),
    );
    expect(linked).toEqual(allowed.map(({ path }) => path));
  });

  test("every page, action and route of the desk is written down with the right that it takes", () => {
    const routes = globSync("app/api/**/route.ts").filter((file) =>
      /requireStaff\(|findStaffOfRequest\(/.test(readFileSync(file, "utf8")),
    );
    const unvisited = globSync("app/dashboard/**/page.tsx")
      .map((file) => file.slice("app".length, -"/page.tsx".length))
      .filter((route) => {
        const shape = new RegExp(`^${route.replace(/\[\w+\]/g, "[^/?]+")}(\\?|$)`);
        return !pages.some(({ path }) => shape.test(path));
      });
    expect(unvisited, "add them to the table above").toEqual([]);
    const known = {
      actions: Object.keys(deskActions).sort(),
      routes: Object.keys(deskRoutes).sort(),
    };

    expect(known, "add what is missing to tests/support/desk-actions.ts, take out what is gone").toEqual({
      actions: actions.map(({ name }) => name).sort(),
      routes: routes.map((file) => file.slice("app/api/".length, -"/route.ts".length)).sort(),
    });
  });

  const forms = Object.entries(deskActions).flatMap(([name, forms]) =>
    forms === "anybody" ? [] : [{ name, forms }],
  );

  test.each(forms)("$name takes its right, whoever sends it by hand", async ({ name, forms }) => {
    const action = actions.find((one) => one.name === name);
    if (!action) throw new Error(`${name} is gone: take it out of tests/support/desk-actions.ts`);
    const stranger = await sendAction({
      url: running.url,
      action,
      cookie: "next-auth.session-token=made.up",
    });
    const led = stranger.headers.get("x-action-redirect") ?? stranger.headers.get("location") ?? "";
    expect(led).toContain("/sign-in");

    for (const { fields, permission } of forms)
      for (const role of staffRoles.filter((one) => !isAllowed(one, permission))) {
        const before = await refusalsOf(role);

        const answer = await sendAction({ url: running.url, action, cookie: people[role].cookie, fields });

        expect([role, fields, answer.status]).toEqual([role, fields, 403]);
        const kept = (await refusalsOf(role)).slice(before.length);
        expect(kept[0]).toEqual({ permission }); // The page itself, which is drawn again, may be another one's.
      }
  });

  const routes = Object.values(deskRoutes).flatMap((calls) => (calls === "anybody" ? [] : calls));

  test.each(routes)("$path takes its right", async ({ path, method, permission, answer }) => {
    const call = (cookie: string) =>
      fetch(running.url + path, { method, headers: { cookie }, redirect: "manual" });
    const stranger = await call("");
    if (answer === "back") expect(stranger.headers.get("location")).toContain("problem=unauthenticated");
    else expect(stranger.status).toBe(401);

    for (const role of staffRoles.filter((one) => !isAllowed(one, permission))) {
      const before = await refusalsOf(role);

      const refused = await call(people[role].cookie);

      if (answer === "back") expect(refused.headers.get("location")).toContain("problem=forbidden");
      else expect([role, refused.status]).toEqual([role, 403]);
      expect((await refusalsOf(role)).slice(before.length)).toEqual([{ permission }]);
    }
  });

  test("an action sent by hand by who has no button for it is refused and kept", async () => {
    const response = await fetch(`${running.url}/api/orders`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [{ sku: "TEA-50", quantity: 1 }], recipient: aRecipient }),
    });
    const path = `/dashboard/orders/${((await response.json()) as { orderNo: string }).orderNo}`;
    const action = /"id":"([0-9a-f]+)"/.exec(
      (await (await open("finance", path)).text()).split("</address>")[1]?.replaceAll("&quot;", '"') ?? "",
    )?.[1];

    const before = await refusalsOf("finance");
    const [refused, allowed] = await Promise.all(
      (["finance", "support"] as const).map((role) =>
        fetch(running.url + path, {
          method: "POST",
          body: argumentsOf({ orderNo: path.split("/").at(-1) ?? "" }),
          headers: { cookie: people[role].cookie, origin: running.url, "next-action": action ?? "" },
        }),
      ),
    );

    expect(refused?.status).toBe(403);
    expect(await refused?.text()).not.toContain(aRecipient.address);
    expect(await allowed?.text()).toContain(aRecipient.address);
    expect((await refusalsOf("finance")).slice(before.length)).toEqual([{ permission: "members.reveal" }]);
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

/** What a page's script sends for `action(state, form)`. */
function argumentsOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value);
  form.append("0", JSON.stringify(["masked", "$K1"]));
  return form;
}
