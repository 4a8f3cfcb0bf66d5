import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { paidBackInPortal } from "@/tests/support/paid-back";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
beforeEach(() => it.set("deliveryUndoSeconds", 0));
afterAll(() => it.close());

const paidBack = (order: OwingOrder, fen = order.totalFen) =>
  paidBackInPortal(it.shop, { ...order, memberId: 0 }, fen);

const openAlarms = async ({ orderId }: OwingOrder) =>
  (
    await it.sql`SELECT a.kind FROM alarms a JOIN alarm_orders o ON o.alarm_id = a.id
      WHERE o.order_id = ${orderId} AND a.status <> 'resolved' ORDER BY a.id`
  ).map(({ kind }) => kind);

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

test("a failed delivery is no alarm any more once the buyer has all the money, and is one until then", async () => {
  const order = await it.aPaidOrder();
  const { deliveryId } = await it.ship(order);
  await failDelivery(it.shop, { deliveryId, by: it.boss, reason: "丢件" });

  await paidBack(order, order.totalFen - 1);
  expect(await openAlarms(order)).toEqual(["delivery_failed"]);
  await paidBack(order, 1);

  expect(await openAlarms(order)).toEqual([]);
});

test("WeChat's alarm about two orders ends when one was reported and of the other nothing is owed, in either order", async () => {
  const [first, second] = [await it.aShippedOrder(), await it.aShippedOrder()];
  const [third, fourth] = [await it.aShippedOrder(), await it.aShippedOrder()];
  await it.sql`INSERT INTO alarm_orders SELECT raise_alarm('wechat', '1001', 'pair:' || a, a, NULL, '{}'), b
    FROM (VALUES (${first.orderId}::bigint, ${second.orderId}::bigint), (${third.orderId}, ${fourth.orderId})) pairs (a, b)`;
  const waived = async (order: OwingOrder) => {
    it.channel("off");
    await it.report(order);
    it.channel("delivernotify");
  };

  await waived(first);
  await it.report(third);
  expect([await openAlarms(first), await openAlarms(third)]).toEqual([["1001"], ["1001"]]);
  await it.report(second);
  await waived(fourth);

  expect([await openAlarms(first), await openAlarms(third)]).toEqual([[], []]);
});
