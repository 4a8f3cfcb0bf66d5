import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draftBatch } from "@/lib/batches/draft-batch";
import { type StaffRole, staffRoles } from "@/lib/db/schema/staff";
import type { Permission } from "@/lib/staff/rights";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { askedBy } from "@/tests/support/a-refundable-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aStaffMember, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { deskWords } from "@/tests/support/desk-words";
import { aRecipient } from "@/tests/support/order-in-browser";

const { en } = deskWords;
const everybody: readonly StaffRole[] = staffRoles;

/** Who may open what, written out again: the pages' own calls are what is tried here. */
const pages: { path: string; permission: Permission; roles: readonly StaffRole[] }[] = [
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
  { path: "/dashboard/settings", permission: "settings.read", roles: ["owner", "finance"] },
  { path: "/dashboard/setup", permission: "setup.read", roles: ["owner", "finance"] },
];

let running: RunningShop;
let orderNo: string;
let refundNo: string;
let batchId: number;
const people = {} as Record<StaffRole, { id: number; cookie: string }>;

beforeAll(async () => {
  running = await aRunningShop({ worker: false });
  ({ orderNo } = await aPaidOrder(running));
  const [order] = await running.shop.sql<{ memberId: number }[]>`
    SELECT member_id::int AS "memberId" FROM orders WHERE order_no = ${orderNo}`;
  refundNo = await askedBy(running.shop, { orderNo, memberId: order?.memberId ?? 0 }, { refundFen: 100 });
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
  path.replace("ORDER", orderNo).replace("REFUND", refundNo).replace("BATCH", String(batchId));

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
    const allowed = pages.filter(
      ({ path, roles }) => roles.includes(role) && !/ORDER|REFUND|BATCH|import|\/1$/.test(path),
    );
    expect(linked).toEqual(allowed.map(({ path }) => path));
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
    const kept = await running.shop.sql`SELECT subject_id FROM audit_entries
      WHERE action = 'staff.refused' AND staff_id = ${people.finance.id} AND subject_id = 'members.reveal'`;
    expect(kept).toHaveLength(1);
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
