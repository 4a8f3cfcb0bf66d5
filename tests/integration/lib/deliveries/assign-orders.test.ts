import { afterAll, beforeAll, expect, test } from "vitest";
import { assignOrders } from "@/lib/deliveries/assign-orders";
import type { Person } from "@/lib/staff/person";
import { aPerson, aRunningClock } from "../../../support/a-running-clock";
import { aShop } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let boss: Person;
let packer: Person;

beforeAll(async () => {
  it = await aShop();
  [boss, packer] = [await aPerson(it.shop, "owner"), await aPerson(it.shop, "fulfilment")];
});
afterAll(() => it.close());

const assign = (orders: { orderNo: string }[], to: number | null) =>
  assignOrders(it.shop, { orderNos: orders.map((order) => order.orderNo), to, by: boss });
const personOf = async ({ orderId }: { orderId: number }) => {
  const [row] = await it.sql`SELECT assigned_to::int AS "to" FROM orders WHERE id = ${orderId}`;
  return row?.to;
};
const entriesOf = ({ orderId }: { orderId: number }) =>
  it.sql`SELECT staff_id::int AS staff, before->'assignedTo' AS before, after->'assignedTo' AS after FROM audit_entries
    WHERE action = 'order.assign' AND order_id = ${orderId} ORDER BY id`;

test("several orders are somebody's, then nobody's; each change is in the audit trail, a repeat is none", async () => {
  const orders = [await aRunningClock(it.shop), await aRunningClock(it.shop)];
  const numbers = orders.map((order) => order.orderNo);
  const [one = expect.fail()] = orders;

  expect(await assign(orders, packer.staffId)).toEqual({ assigned: numbers, ended: [] });
  expect(await assign(orders, packer.staffId)).toEqual({ assigned: numbers, ended: [] });
  expect(await Promise.all(orders.map(personOf))).toEqual([packer.staffId, packer.staffId]);
  await assign([one], null);

  expect(await personOf(one)).toBeNull();
  expect([...(await entriesOf(one))]).toEqual([
    { staff: boss.staffId, before: null, after: packer.staffId },
    { staff: boss.staffId, before: packer.staffId, after: null },
  ]);
});

test("an order whose clock has ended holds up nobody, and is left alone", async () => {
  const [running, ended] = [await aRunningClock(it.shop), await aRunningClock(it.shop)];
  await it.sql`UPDATE orders SET clock_ended_at = now() WHERE id = ${ended.orderId}`;

  const result = await assign([ended, running, { orderNo: "nothing" }], packer.staffId);

  expect(result).toEqual({ assigned: [running.orderNo], ended: [ended.orderNo, "nothing"] });
  expect(await personOf(ended)).toBeNull();
});

test("nobody who does not ship is given an order: another role, somebody disabled, nobody at all", async () => {
  const order = await aRunningClock(it.shop);
  const [clerk, gone] = [await aPerson(it.shop, "support"), await aPerson(it.shop, "fulfilment")];
  await it.sql`UPDATE staff SET disabled_at = now() WHERE id = ${gone.staffId}`;

  for (const to of [clerk.staffId, gone.staffId, 999_999, 0, Number.NaN])
    await expect(assign([order], to)).rejects.toMatchObject({ code: "person_unknown" });

  expect(await personOf(order)).toBeNull();
  expect(await entriesOf(order)).toHaveLength(0);
});

test("more than two hundred at once are refused before anything is done", async () => {
  const orderNos = Array.from({ length: 201 }, (_, n) => `N${n}`);

  const refused = assignOrders(it.shop, { orderNos, to: null, by: boss });

  await expect(refused).rejects.toMatchObject({ code: "malformed" });
});
