import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { escalateDeadlines } from "@/lib/deliveries/escalate-deadlines";
import { moveDeadline } from "@/lib/deliveries/move-deadline";
import { shipOrder } from "@/lib/deliveries/ship-order";
import type { Person } from "@/lib/staff/person";
import { aPerson, aRunningClock } from "../../../support/a-running-clock";
import { aShop } from "../../../support/a-shop";

const hourMs = 60 * 60_000;
let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
let startMs: number;

beforeAll(async () => {
  it = await aShop();
  by = await aPerson(it.shop, "fulfilment");
});
afterAll(() => it.close());
beforeEach(() => {
  startMs = Math.floor(Date.now() / 1000) * 1000;
  it.clock.now = new Date(startMs);
});

type Order = { orderId: number; orderNo: string };
const at = (hours: number) => new Date(startMs + hours * hourMs);
const moveTo = (order: Order, hours: number, reason: string | null = "买家同意晚些发") =>
  moveDeadline(it.shop, { orderNo: order.orderNo, to: at(hours), reason, by });
const lookAt = async (hours: number) => {
  it.clock.now = at(hours);
  await escalateDeadlines(it.shop);
};
const hoursOf = async ({ orderId }: Order) => {
  const [row] =
    await it.sql`SELECT extract(epoch FROM deliver_by) * 1000 - ${startMs} AS ms FROM orders WHERE id = ${orderId}`;
  return Number(row?.ms) / hourMs;
};
const levelsOf = async ({ orderId }: Order) =>
  (await it.sql`SELECT level FROM escalations WHERE order_id = ${orderId} ORDER BY level`).map(
    (row) => row.level,
  );
const alarmsOf = async ({ orderNo }: Order) =>
  (await it.sql`SELECT kind, status, facts FROM alarms WHERE facts->>'orderNo' = ${orderNo} ORDER BY id`).map(
    ({ kind, status, facts }) => `${kind} ${facts.level} ${status}`,
  );

describe("a deadline that is moved", () => {
  test("holds from then on, with who, from when to when and why in the audit trail", async () => {
    const order = await aRunningClock(it.shop);

    await moveTo(order, 100, " 缺货，周五到 ");

    expect(await hoursOf(order)).toBe(100);
    const entries = await it.sql`SELECT staff_id::int, before, after FROM audit_entries
      WHERE action = 'order.move_deadline' AND order_id = ${order.orderId}`;
    expect([...entries]).toEqual([
      {
        staff_id: by.staffId,
        before: { deliverBy: at(72).toISOString() },
        after: { deliverBy: at(100).toISOString(), reason: "缺货，周五到" },
      },
    ]);
  });

  test("to the time that it has already changes nothing and leaves no entry", async () => {
    const order = await aRunningClock(it.shop);

    await moveTo(order, 72);

    const entries =
      await it.sql`SELECT 1 FROM audit_entries WHERE action = 'order.move_deadline' AND order_id = ${order.orderId}`;
    expect(entries).toHaveLength(0);
  });

  test("further away takes back the levels that lie ahead again, and their alarms; they are told once more in time", async () => {
    const order = await aRunningClock(it.shop);
    await lookAt(73);
    expect(await levelsOf(order)).toEqual([50, 80, 100]);

    await moveTo(order, 120); // 73 hours are 60.8 % of it.

    expect(await levelsOf(order)).toEqual([50]);
    expect(await alarmsOf(order)).toEqual(["deadline_missed 100 resolved"]);
    await lookAt(95);
    expect(await levelsOf(order)).toEqual([50]);
    await lookAt(96);
    await lookAt(121);
    expect(await alarmsOf(order)).toEqual([
      "deadline_missed 100 resolved",
      "deadline_near 80 resolved",
      "deadline_missed 100 open",
    ]);
  });

  test("nearer tells the levels that it has passed by that; an alarm that stays says the new time", async () => {
    const order = await aRunningClock(it.shop);
    await lookAt(40);

    await moveTo(order, 76);
    const [alarm] = await it.sql`SELECT status, facts FROM alarms WHERE facts->>'orderNo' = ${order.orderNo}`;
    expect(alarm).toMatchObject({ status: "open", facts: { deliverBy: at(76).toISOString(), level: 50 } });
    await moveTo(order, 41);
    await lookAt(40.1);

    expect(await alarmsOf(order)).toEqual(["deadline_near 50 resolved", "deadline_near 80 open"]);
  });

  test.each([
    ["a time that is over", -0.01],
    ["this very moment", 0],
    ["more than sixty days after the payment", 60 * 24 + 0.01],
    ["a time that is none", Number.NaN],
  ])("to %s is refused, and nothing is changed", async (_, hours) => {
    const order = await aRunningClock(it.shop);

    await expect(moveTo(order, hours)).rejects.toMatchObject({ code: "deadline_invalid" });

    expect(await hoursOf(order)).toBe(72);
    await moveTo(order, 60 * 24);
    expect(await hoursOf(order)).toBe(60 * 24);
  });

  test("without a reason is refused", async () => {
    const order = await aRunningClock(it.shop);

    for (const reason of [null, "", "  ", "长".repeat(501)])
      await expect(moveTo(order, 100, reason)).rejects.toMatchObject({ code: "reason_required" });

    expect(await hoursOf(order)).toBe(72);
  });

  test("once its clock has ended, or before it is paid, is refused", async () => {
    const ended = await aRunningClock(it.shop);
    await it.sql`SELECT end_clock(${ended.orderId}, now())`;

    await expect(moveTo(ended, 100)).rejects.toMatchObject({ code: "deadline_ended" });
    await expect(moveTo(await it.payableOrder(), 100)).rejects.toMatchObject({ code: "deadline_ended" });
    await expect(moveTo({ orderId: 0, orderNo: "nothing" }, 100)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a report that waits", () => {
  const runsAt = async ({ orderId }: Order) => {
    const [job] =
      await it.sql`SELECT extract(epoch FROM j.run_at) * 1000 - ${startMs} AS ms FROM graphile_worker.jobs j
      JOIN receipts r ON j.key = 'report_delivery:' || r.id WHERE r.order_id = ${orderId}`;
    return job ? Number(job.ms) / hourMs : null;
  };
  const shipped = async () => {
    await it.sql`INSERT INTO settings (key, value) VALUES ('deliveryUndoSeconds', '3600') ON CONFLICT DO NOTHING`;
    const order = await aRunningClock(it.shop);
    await shipOrder(it.shop, { orderNo: order.orderNo, parcel: { kind: "pickup", lines: "rest" }, by });
    return order;
  };

  test("is sent when it was to be sent, though there is more time now", async () => {
    const order = await shipped();
    expect(await runsAt(order)).toBe(1);

    await moveTo(order, 100);

    expect(await runsAt(order)).toBe(1);
  });

  test("is sent earlier when the deadline has come nearer than the end of the undo window", async () => {
    const order = await shipped();

    await moveTo(order, 0.5);

    expect(await runsAt(order)).toBeCloseTo(0.5 - 5 / 60); // Five minutes for it and its first repeats.
  });

  test("of virtual goods, which nobody can undo, is not held back", async () => {
    await it.sql`INSERT INTO settings (key, value) VALUES ('deliveryUndoSeconds', '3600') ON CONFLICT DO NOTHING`;
    const order = await aRunningClock(it.shop, { kind: "virtual" });
    await it.sql`UPDATE order_lines SET shipped = quantity WHERE order_id = ${order.orderId}`;
    await it.sql`INSERT INTO deliveries (order_id, kind, shipped_at) VALUES (${order.orderId}, 'virtual', ${at(0).toISOString()})`;
    await it.sql`SELECT conclude_delivery(${order.orderId}, 'test', ${at(0).toISOString()}, ${at(0).toISOString()})`;

    await moveTo(order, 100);

    expect(await runsAt(order)).toBe(0);
  });

  test("that was tried keeps its next try", async () => {
    const order = await shipped();
    await it.sql`UPDATE delivery_reports SET attempts = 1 WHERE order_id = ${order.orderId}`;

    await moveTo(order, 0.5);

    expect(await runsAt(order)).toBe(1);
  });

  test("of parcels that were told, while others are to leave, is not tried again for that", async () => {
    const order = await aRunningClock(it.shop, {
      quantity: 2,
      shipped: 1,
      report: { status: "queued", deliverStatus: null, attempts: 1 },
    });

    await moveTo(order, 100);

    expect(await runsAt(order)).toBeNull();
  });
});
