import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";

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

describe("a report that WeChat accepts", () => {
  test("is one message in its ledger, ends the clock, and leaves no job", async () => {
    const order = await it.aShippedOrder();
    expect(await it.clockRuns(order)).toBe(true);

    await it.report(order);
    await it.report(order);

    expect(await it.told(order)).toEqual(["1 ok ×1"]);
    expect(await it.owed(order)).toMatchObject({
      status: "reported",
      channel: "delivernotify",
      attempts: 1,
      calls: ["delivernotify accepted"],
      jobInSeconds: null,
      errorCode: null,
    });
    expect(await it.clockRuns(order)).toBe(false);
  });

  test("while one worker waits for WeChat's answer, three others tell nothing", async () => {
    const order = await it.aShippedOrder();
    await it.sandbox.fault({ call: "delivernotify", kind: "timeout", outTradeNo: order.outTradeNo });

    await Promise.all([1, 2, 3, 4].map(() => it.report(order)));

    expect(await it.told(order)).toEqual(["1 ok ×1"]);
    expect(await it.owed(order)).toMatchObject({ attempts: 1, calls: ["delivernotify TIMEOUT"] });
  });

  test("a payment of the mini program is reported with its own appid and token", async () => {
    const order = await it.aShippedOrder({ app: "mini" });

    await it.report(order);

    expect(await it.told(order)).toEqual(["1 ok ×1"]);
    const [report] = await it.sandbox.reports(order.outTradeNo);
    expect(report?.appId).toBe(it.shop.environment.wechat.mini?.appId);
  });

  test("ends WeChat's own 1001 of this order, and no other alarm", async () => {
    const order = await it.aShippedOrder();
    const other = await it.aPaidOrder();
    await it.sql`SELECT raise_alarm('wechat', '1001', 'a', ${order.orderId}, NULL, '{}'),
      raise_alarm('wechat', '1002', 'b', ${order.orderId}, NULL, '{}'),
      raise_alarm('wechat', '1001', 'c', ${other.orderId}, NULL, '{}')`;

    await it.report(order);

    const open = await it.sql`SELECT dedupe_key FROM alarms WHERE status <> 'resolved' ORDER BY dedupe_key`;
    expect(open.map((row) => row.dedupe_key)).toEqual(["b", "c"]);
  });
});

describe("what is owed", () => {
  test("nothing is told while only some parcels have left, nor is a try counted", async () => {
    const order = await it.aPaidOrder({ quantities: [1, 1] });
    await it.ship(order, { lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] });

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({ status: "queued", channel: null, attempts: 0, calls: [] });
  });

  test("nothing is told before its time, and its job waits for it", async () => {
    await it.set("deliveryUndoSeconds", 300);
    const order = await it.aShippedOrder();
    await it.set("deliveryUndoSeconds", 0);
    await it.sql`DELETE FROM graphile_worker._private_jobs`;

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({
      status: "queued",
      attempts: 0,
      calls: [],
      jobInSeconds: 300,
    });
  });

  test("refunded in full with nothing shipped: 0, with the reason", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.accepted(order);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

    await it.report(order);

    expect(await it.told(order)).toEqual(["0 该商品已退款 ×1"]);
    expect(await it.owed(order)).toMatchObject({ status: "reported", deliverStatus: 0 });
  });

  test("money that was paid twice and went back owes a 0 of its own, and the order's clock runs on", async () => {
    const order = await it.aPaidOrder({ twice: true });
    await it.runAll();
    const [surplus] =
      await it.sql`SELECT out_refund_no AS "refundNo" FROM refunds WHERE receipt_id = ${order.otherReceiptId}`;
    await it.sandbox.settleRefund({ outRefundNo: String(surplus?.refundNo), status: "SUCCESS" });
    await it.sql`SELECT raise_alarm('wechat', '1001', 'late', ${order.orderId}, NULL, '{}')`;

    await it.report({ receiptId: order.otherReceiptId });

    expect(await it.owed({ receiptId: order.otherReceiptId })).toMatchObject({
      status: "reported",
      deliverStatus: 0,
    });
    expect(await it.told(order)).toEqual(["0 该商品已退款 ×1"]);
    expect(await it.clockRuns(order)).toBe(true);
    const [late] = await it.sql`SELECT status FROM alarms WHERE dedupe_key = 'late'`;
    expect(late?.status).toBe("open");
    await it.ship(order);
    await it.report(order);
    expect((await it.told(order)).sort()).toEqual(["0 该商品已退款 ×1", "1 ok ×1"]);
    expect(await it.clockRuns(order)).toBe(false);
  });

  test("what was tried is never changed, also when the money goes back in full", async () => {
    const order = await it.aShippedOrder();
    await it.sandbox.fault({ call: "delivernotify", kind: "timeout", outTradeNo: order.outTradeNo });
    await it.report(order);
    const before = await it.owed(order);
    const refundNo = await it.accepted(order);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

    await it.reportAfter(order, 2 * minute);

    expect(before).toMatchObject({ status: "queued", deliverStatus: 1, attempts: 1 });
    expect(await it.owed(order)).toMatchObject({ status: "reported", request: before.request });
    expect(await it.told(order)).toEqual(["1 ok ×2"]);
  });
});

describe("nobody covers it", () => {
  test.each<[string, "off" | "shipping-info"]>([
    ["reports are off", "off"],
    ["only the mini program's payments are covered", "shipping-info"],
  ])("%s: nothing is owed once everything has left, and the clock ends", async (_why, channel) => {
    const order = await it.aShippedOrder();
    it.channel(channel);

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({ status: "waived", channel: null, calls: [] });
    expect(await it.clockRuns(order)).toBe(false);
  });

  test("an appid that is not ours any more is nobody's", async () => {
    const order = await it.aShippedOrder();
    await it.sql`UPDATE receipts SET appid = 'wx0000000000000000' WHERE id = ${order.receiptId}`;

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({ status: "waived", calls: [] });
  });

  test("while only some parcels have left nothing is waived and the clock runs", async () => {
    it.channel("off");
    const order = await it.aPaidOrder({ quantities: [1, 1] });
    await it.ship(order, { lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] });

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({ status: "queued", deliverStatus: null });
    expect(await it.clockRuns(order)).toBe(true);
  });

  test("a report that was tried keeps its channel when the setting changes", async () => {
    await it.sandbox.fault({ call: "delivernotify", kind: "timeout-before" });
    await it.report(one);
    it.channel("off");

    await it.reportAfter(one, 2 * minute);

    expect(await it.owed(one)).toMatchObject({ status: "reported", channel: "delivernotify" });
  });
});
