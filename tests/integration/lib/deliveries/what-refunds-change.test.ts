import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { paidBackInPortal } from "@/tests/support/paid-back";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
afterAll(() => it.close());

const paidBack = (order: OwingOrder, fen = order.totalFen) =>
  paidBackInPortal(it.shop, { ...order, memberId: 0 }, fen);

describe("money that goes back while a delivery can still be undone", () => {
  test.each<[string, (order: OwingOrder) => number]>([
    ["a part of it", () => 1],
    ["all of it", ({ totalFen }) => totalFen],
  ])("%s: its report waits for the end of the window as before", async (_what, fenOf) => {
    await it.set("deliveryUndoSeconds", 600);
    const order = await it.aShippedOrder();

    await paidBack(order, fenOf(order));

    expect(await it.owed(order)).toMatchObject({ deliverStatus: 1, nextInSeconds: 600, jobInSeconds: 600 });
  });

  test("nothing left: its report goes at once", async () => {
    await it.set("deliveryUndoSeconds", 600);
    const order = await it.aPaidOrder();

    await paidBack(order);

    expect(await it.owed(order)).toMatchObject({ deliverStatus: 0, nextInSeconds: 0 });
  });
});
