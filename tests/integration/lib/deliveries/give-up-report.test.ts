import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { giveUpReport } from "@/lib/deliveries/give-up-report";
import { readReports } from "@/lib/deliveries/read-reports";
import { sendReportAgain } from "@/lib/deliveries/send-report-again";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { refusalOf } from "@/tests/support/an-order-to-ship";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
beforeEach(() => it.calm());
afterAll(() => it.close());

const giveUp = (order: OwingOrder, note = "已在公众平台补登") =>
  giveUpReport(it.shop, { receiptId: order.receiptId, note, by: it.boss });

const aRefusedOne = async () => {
  const order = await it.aShippedOrder();
  await it.refuse("delivernotify", 49003);
  await it.report(order);
  return order;
};

const openAlarmsOf = async ({ orderId }: OwingOrder) =>
  (
    await it.sql`SELECT a.source || ' ' || a.kind AS kind FROM alarms a JOIN alarm_orders o ON o.alarm_id = a.id
      WHERE o.order_id = ${orderId} AND a.status <> 'resolved' ORDER BY a.id`
  ).map((row) => row.kind);

test("what WeChat will never take is given up with a reason: the clock ends, and WeChat's own alarm stays", async () => {
  const order = await aRefusedOne();
  for (const [source, kind] of [
    ["shop", "deadline_missed"],
    ["wechat", "1001"],
  ])
    await it.sql`SELECT raise_alarm(${source ?? ""}, ${kind ?? ""}, ${`${kind}:${order.orderId}`}, ${order.orderId}, NULL, '{}')`;

  await giveUp(order);

  const [row] =
    await it.sql`SELECT clock_ended_at IS NOT NULL AS ended FROM orders WHERE id = ${order.orderId}`;
  expect(row?.ended).toBe(true);
  expect(await it.owed(order)).toMatchObject({ status: "waived", jobInSeconds: null });
  expect(await openAlarmsOf(order)).toEqual(["wechat 1001"]);
  const [entry] = await it.sql`SELECT staff_id::int AS "staffId", before, after FROM audit_entries
    WHERE action = 'report.give_up' AND order_id = ${order.orderId}`;
  expect(entry).toMatchObject({
    staffId: it.boss.staffId,
    before: { status: "refused", code: "49003" },
    after: { note: "已在公众平台补登" },
  });
});

test("given up, it can still be told once the cause is gone", async () => {
  const order = await aRefusedOne();
  await giveUp(order);
  expect((await readReports(it.shop, order.orderId))[0]).toMatchObject({ status: "waived", canSend: true });

  await sendReportAgain(it.shop, { receiptId: order.receiptId, by: it.boss });
  await it.report(order);

  expect(await it.told(order)).toEqual(["1 ok ×1"]);
  expect(await it.owed(order)).toMatchObject({ status: "reported" });
});

test("only what was refused is given up, by whoever says why", async () => {
  const queued = await it.aShippedOrder();
  const refused = await aRefusedOne();
  const before = [await it.owed(queued), await it.owed(refused)];

  expect(await refusalOf(giveUp(queued))).toBe("report_not_refused");
  expect(await refusalOf(giveUp(refused, " "))).toBe("reason_required");
  expect(await refusalOf(giveUp({ ...refused, receiptId: 0 }))).toBe("not_found");

  expect([await it.owed(queued), await it.owed(refused)]).toEqual(before);
});
