import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import type { Person } from "@/lib/staff/person";
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
