import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import type { Person } from "@/lib/staff/person";
import { aReportingShop, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { aShop } from "@/tests/support/a-shop";
import { anOrderToShip, aPacker, goodsOf, refusalOf, shippedWhole } from "@/tests/support/an-order-to-ship";
import { paidBackInPortal } from "@/tests/support/paid-back";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
});
afterAll(() => it.close());

const rounds = Array.from({ length: 25 });

describe("shipping while WeChat pays the whole back", () => {
  test("either the goods leave, or the order closes and they stay: never both, never neither", async () => {
    for (const _ of rounds) {
      const order = await anOrderToShip(it, { quantities: [2] });

      const [code] = await Promise.all([
        refusalOf(shippedWhole(it, order, by)),
        paidBackInPortal(it.shop, order, order.totalFen),
      ]);

      const { order: status, lines, stock, reports } = await goodsOf(it, order);
      const end = [code === "done" ? code : "refused", status, ...lines, ...stock, ...reports].join(", ");
      expect([
        "done, shipped, 2 of 2, 0/8, queued 1", // It left before the money went.
        "refused, closed, 0 of 2 less 2, 0/10, queued 0",
      ]).toContain(end);
    }
  });

  test("undone at that moment: the goods are out with their report, or back with the money", async () => {
    for (const _ of rounds) {
      const order = await anOrderToShip(it, { quantities: [2] });
      const deliveryId = await shippedWhole(it, order, by);

      const [code] = await Promise.all([
        refusalOf(voidDelivery(it.shop, { deliveryId, by })),
        paidBackInPortal(it.shop, order, order.totalFen),
      ]);

      const { order: status, lines, stock, reports } = await goodsOf(it, order);
      expect([
        "delivery_refunded, shipped, 2 of 2, 0/8, queued 1",
        "done, closed, 0 of 2 less 2, 0/10, queued 0",
      ]).toContain([code, status, ...lines, ...stock, ...reports].join(", "));
    }
  });
});

describe("undoing while WeChat is told of it", () => {
  let reporting: ReportingShop;
  beforeAll(async () => {
    reporting = await aReportingShop();
    await reporting.set("deliveryUndoSeconds", 300);
  });
  afterAll(() => reporting.close());

  test("either it is undone and WeChat hears nothing, or it was told and stays", async () => {
    const voidLater = async (deliveryId: number, steps: number) => {
      for (let n = 0; n < steps; n += 1) await reporting.sql`SELECT 1`;
      await voidDelivery(reporting.shop, { deliveryId, by: reporting.boss });
    };
    const ends = new Set<string>();
    for (let steps = 0; steps < 24; steps += 1) {
      const order = await reporting.aPaidOrder();
      // The deadline is now: the report does not wait for the window.
      await reporting.sql`UPDATE orders SET deliver_by = ${reporting.clock.now.toISOString()} WHERE id = ${order.orderId}`;
      const { deliveryId } = await reporting.ship(order);

      const [code] = await Promise.all([refusalOf(voidLater(deliveryId, steps)), reporting.report(order)]);

      const { order: status, deliveries, reports } = await goodsOf(reporting, order);
      expect([
        "done, paid, express voided",
        "delivery_reported, shipped, express shipped, reported 1, 1 ok ×1",
      ]).toContain([code, status, ...deliveries, ...reports, ...(await reporting.told(order))].join(", "));
      ends.add(code);
    }
    expect(ends.size).toBe(2); // Each of them was first at times.
  });
});
