import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { readReports } from "@/lib/deliveries/read-reports";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { sendReportAgain } from "@/lib/deliveries/send-report-again";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { refusalOf } from "@/tests/support/an-order-to-ship";
import { paidBackInPortal } from "@/tests/support/paid-back";

let it: ReportingShop;
/** Its report begins anew in each test that only looks at the row. */
let one: OwingOrder;
beforeAll(async () => {
  it = await aReportingShop();
  one = await it.aShippedOrder();
});
beforeEach(async () => {
  await it.calm();
  await it.untried(one);
});
afterAll(() => it.close());

const minute = 60_000;

describe("a person sends it again", () => {
  const again = (order: { receiptId: number }) =>
    sendReportAgain(it.shop, { receiptId: order.receiptId, by: it.boss });

  test("at once, the same message, under that person's name; the alarm ends when WeChat accepts", async () => {
    const order = await it.aShippedOrder();
    await it.refuse("delivernotify", 49004);
    await it.report(order);
    const { id, request } = await it.owed(order);

    await again(order);
    const queued = await it.owed(order);
    await it.report(order);

    expect(queued).toMatchObject({
      status: "queued",
      jobInSeconds: 0,
      errorCode: null,
      alarms: ["report_refused"],
    });
    expect(await it.owed(order)).toMatchObject({ status: "reported", request, alarms: [] });
    expect(new Set(it.messages(order)).size).toBe(1);
    const entries = await it.sql`SELECT action, staff_id::int AS "staffId", before FROM audit_entries
      WHERE subject = 'report' AND subject_id = ${String(id)}`;
    expect([...entries]).toEqual([
      {
        action: "report.send_again",
        staffId: it.boss.staffId,
        before: { status: "refused", code: "49004", deliverStatus: 1 },
      },
    ]);
  });

  describe("when the parcel was lost since", () => {
    const lostAfter = async (refusal: (order: OwingOrder) => Promise<unknown>) => {
      const order = await it.aPaidOrder();
      const { deliveryId } = await it.ship(order);
      await refusal(order);
      await it.report(order);
      expect(await it.owed(order)).toMatchObject({ status: "refused", deliverStatus: 1 });
      await failDelivery(it.shop, { deliveryId, by: it.boss, reason: "丢件" });
      return { order, deliveryId };
    };
    const refusals: [string, (order: OwingOrder) => Promise<unknown>][] = [
      ["WeChat refused what it was told", () => it.refuse("delivernotify", 49004)],
      [
        "it was never told, for nobody knew the openid",
        async ({ receiptId }) => {
          await it.sql`UPDATE receipts SET openid = NULL WHERE id = ${receiptId}`;
          await it.sandbox.fault({ call: "orderquery", kind: "error", options: { code: "ORDERNOTEXIST" } });
        },
      ],
    ];

    test.each(refusals)("%s: not as long as nobody knows what becomes of it", async (_why, refusal) => {
      const { order } = await lostAfter(refusal);
      const before = await it.owed(order);

      expect(await refusalOf(again(order))).toBe("nothing_to_report");

      expect(await it.owed(order)).toEqual(before);
    });

    test.each(refusals)(
      "%s: once the money is back WeChat hears that nothing came",
      async (_why, refusal) => {
        const { order } = await lostAfter(refusal);
        await paidBackInPortal(it.shop, { ...order, memberId: 0 }, order.totalFen);

        await again(order);
        await it.report(order);

        expect(await it.told(order)).toEqual(["0 该商品已退款 ×1"]);
        expect(await it.owed(order)).toMatchObject({ status: "reported", deliverStatus: 0, alarms: [] });
      },
    );

    test.each(refusals)("%s: once it was sent again WeChat hears that it was", async (_why, refusal) => {
      const { order, deliveryId } = await lostAfter(refusal);
      const parcel = { kind: "pickup", lines: "rest" as const };
      await replaceDelivery(it.shop, { deliveryId, by: it.boss, parcel });

      await again(order);
      await it.report(order);

      expect(await it.told(order)).toEqual(["1 ok ×1"]);
    });
  });

  test("its few tries begin anew", async () => {
    await it.refuse("delivernotify", 49005, 6);
    for (let tries = 1; tries <= 5; tries += 1) await it.reportAfter(one, 10 * minute);
    expect(await it.owed(one)).toMatchObject({ status: "refused", attempts: 5 });

    await again(one);
    await it.report(one);

    expect(await it.owed(one)).toMatchObject({ status: "queued", attempts: 2 });
  });

  test.each<[string, () => Promise<unknown>]>([
    ["queued", async () => {}],
    ["reported", () => it.report(one)],
  ])("a report that is %s is not sent again, and nothing is written", async (_status, reach) => {
    await reach();
    const before = await it.owed(one);
    const [audited] = await it.sql`SELECT count(*) FROM audit_entries`;

    expect(await refusalOf(again(one))).toBe("report_not_refused");

    expect(await it.owed(one)).toEqual(before);
    expect(await it.sql`SELECT count(*) FROM audit_entries`).toEqual([audited]);
  });

  test("a report that was waived while no channel was set is told once one is, and not before", async () => {
    const order = await it.aShippedOrder();
    it.channel("off");
    await it.report(order);
    expect(await it.owed(order)).toMatchObject({ status: "waived" });
    expect(await readReports(it.shop, order.orderId)).toMatchObject([{ canSend: false }]);
    expect(await refusalOf(again(order))).toBe("report_not_refused");

    it.channel("delivernotify");
    expect(await readReports(it.shop, order.orderId)).toMatchObject([{ canSend: true }]);
    await again(order);
    await it.report(order);

    expect(await it.told(order)).toEqual(["1 ok ×1"]);
    expect(await readReports(it.shop, order.orderId)).toMatchObject([{ status: "reported", canSend: false }]);
  });

  test("a receipt that owes nothing is not found", async () => {
    expect(await refusalOf(again(await it.aPaidOrder()))).toBe("not_found");
  });

  test("two people at once: one is told that somebody was faster", async () => {
    await it.refuse("delivernotify", 49004);
    await it.report(one);

    const outcomes = await Promise.all([refusalOf(again(one)), refusalOf(again(one))]);

    expect(outcomes.sort()).toEqual(["done", "report_not_refused"]);
  });
});

test("the order page reads where a report stands, what went wrong and each try, the settling receipt's first", async () => {
  const order = await it.aPaidOrder({ twice: true });
  await it.sql`SELECT owe_report(r, 0, false, now(), now()) FROM receipts r WHERE r.id = ${order.otherReceiptId}`;
  await it.ship(order);
  await it.refuse("delivernotify", -1);
  await it.refuse("delivernotify", 49003);
  await it.report(order);
  await it.reportAfter(order, minute);

  const reports = await readReports(it.shop, order.orderId);

  expect(reports).toMatchObject([
    {
      receiptId: order.receiptId,
      status: "refused",
      channel: "delivernotify",
      deliverStatus: 1,
      attempts: 2,
      nextTryAt: null,
      error: { code: "49003", text: "not match openid with appid", remedy: "openid_of_another" },
      tries: [
        { call: "delivernotify", outcome: "49003" },
        { call: "delivernotify", outcome: "-1" },
      ],
    },
    {
      receiptId: order.otherReceiptId,
      status: "queued",
      deliverStatus: 0,
      attempts: 0,
      error: null,
      tries: [],
    },
  ]);
});
