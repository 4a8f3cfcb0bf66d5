import { describe, expect, test } from "vitest";
import { staffRoles } from "@/lib/db/schema/staff";
import {
  availableDeliveryActions,
  type DeliveryAction,
  type DeliveryOff,
  whyNotShip,
} from "@/lib/deliveries/available-delivery-actions";
import { deliveryMoves, deliveryStatuses } from "@/lib/deliveries/state";
import { orderStatuses } from "@/lib/orders/state";

const now = new Date("2026-11-26T01:00:00Z");
const plain = {
  kind: "express" as const,
  status: "shipped" as const,
  shippedAt: new Date(now.getTime() - 1000),
  isReplaced: false,
  owed: 2,
};
const by = { role: "fulfilment" as const, now, undoSeconds: 300, report: null };
const on = (offs: Record<DeliveryAction, DeliveryOff | null>) =>
  (Object.keys(offs) as DeliveryAction[]).filter((action) => offs[action] === null);

describe("what can be done about a delivery", () => {
  test.each(deliveryStatuses)("%s offers exactly the moves that the machine allows", (status) => {
    const offs = availableDeliveryActions({ ...plain, status }, by);

    const allows = (from: readonly string[]) => from.includes(status);
    expect([offs.fail === null, offs.undo === null]).toEqual([
      allows(deliveryMoves.fail.from),
      allows(deliveryMoves.void.from),
    ]);
    expect([offs.correct === null, offs.replace === null]).toEqual([
      status === "shipped",
      status === "failed",
    ]);
  });

  test.each([
    ["the window is over", { shippedAt: new Date(now.getTime() - 300_000) }, {}, "window_over"],
    ["virtual goods were given", { kind: "virtual" as const }, {}, "given"],
    ["WeChat was asked", {}, { report: { status: "queued" as const, attempts: 1 } }, "reported"],
    ["WeChat was told", {}, { report: { status: "reported" as const, attempts: 1 } }, "reported"],
    ["nobody was told yet", {}, { report: { status: "queued" as const, attempts: 0 } }, null],
    ["there is no window", {}, { undoSeconds: 0 }, "window_over"],
  ])("undoing, when %s", (_, delivery, more, off) => {
    expect(availableDeliveryActions({ ...plain, ...delivery }, { ...by, ...more }).undo).toBe(off);
  });

  test("a failed one is sent once more once, and only while the buyer is owed something", () => {
    const failed = { ...plain, status: "failed" as const };

    expect(availableDeliveryActions({ ...failed, isReplaced: true }, by).replace).toBe("replaced");
    expect(availableDeliveryActions({ ...failed, owed: 0 }, by).replace).toBe("refunded");
  });

  test.each(staffRoles)("%s", (role) => {
    const may = role === "owner" || role === "fulfilment";

    expect(on(availableDeliveryActions(plain, { ...by, role }))).toEqual(
      may ? ["correct", "fail", "undo"] : [],
    );
    expect(whyNotShip({ status: "paid", pieces: pieces(1, 0) }, { role })).toBe(may ? null : "role");
  });
});

const pieces = (left: number, goingBack: number) => ({
  wholeIs: "kept" as const,
  lines: [
    {
      ...{ variantId: 1, sku: "A", title: "A", quantity: 3, dropped: 0, underway: goingBack, cameBack: 0 },
      ...{ shipped: 3 - left, left, goingBack },
    },
  ],
});

describe("why nothing can be shipped", () => {
  test.each(orderStatuses)("of an order that is %s", (status) => {
    const off = whyNotShip({ status, pieces: pieces(2, 0) }, by);

    const expected = { paid: null, shipped: "all_shipped", completed: "all_shipped" } as Record<
      string,
      string | null
    >;
    expect(off).toBe(status in expected ? expected[status] : "elsewhere");
  });

  test("nothing is left, or all that is left goes back", () => {
    expect(whyNotShip({ status: "paid", pieces: pieces(0, 0) }, by)).toBe("all_shipped");
    expect(whyNotShip({ status: "paid", pieces: pieces(2, 2) }, by)).toBe("going_back");
    expect(whyNotShip({ status: "paid", pieces: pieces(2, 1) }, by)).toBeNull();
  });
});
