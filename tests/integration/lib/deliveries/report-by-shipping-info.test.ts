import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { correctDelivery } from "@/lib/deliveries/correct-delivery";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { aTrackingNo } from "@/tests/support/an-order-to-ship";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
beforeEach(async () => {
  await it.calm();
  it.channel("shipping-info");
});
afterAll(() => it.close());

const minute = 60_000;
/** "1 unified all: YTO YT88…", as WeChat's ledger has its uploads. */
const uploads = async ({ outTradeNo }: { outTradeNo: string }) =>
  (await it.sandbox.uploads(outTradeNo)).map((one) => {
    const parcels = one.parcels.map((parcel) => parcel.tracking_no ?? parcel.item_desc).join(" ");
    const mode = one.deliveryMode === 2 ? "split" : "unified";
    return `${one.logisticsType} ${mode}${one.isAllDelivered ? " all" : ""}${one.isReship ? " again" : ""}: ${parcels}`;
  });
const aParcelOf = (order: OwingOrder, at: number, more = {}) => {
  const trackingNo = aTrackingNo();
  return { trackingNo, lines: [{ sku: order.skus[at] ?? "", quantity: 1 }], ...more };
};

describe("one whole parcel", () => {
  test("is one upload, and reported only once WeChat shows it", async () => {
    const order = await it.aPaidOrder({ app: "mini" });
    const trackingNo = aTrackingNo();
    await it.ship(order, { trackingNo });

    await it.report(order);
    const taken = await it.owed(order);
    await it.report(order);

    expect(taken).toMatchObject({
      status: "queued",
      calls: ["upload_shipping_info accepted"],
      jobInSeconds: 0,
    });
    expect(await uploads(order)).toEqual([`1 unified all: ${trackingNo}`]);
    expect(await it.owed(order)).toMatchObject({
      status: "reported",
      channel: "shipping-info",
      calls: ["upload_shipping_info accepted", "get_order order_state 2"],
      jobInSeconds: null,
    });
    expect(await it.clockRuns(order)).toBe(false);
  });

  test("the goods are named, and 顺丰 gets the receiver's number, masked", async () => {
    const order = await it.aPaidOrder({ app: "mini", quantities: [2, 1] });
    await it.ship(order, { carrier: "SF", trackingNo: "SF1234567890123", phoneTail: order.phone.slice(-4) });

    await it.runAll();

    const [upload] = await it.sandbox.uploads(order.outTradeNo);
    const titles =
      await it.sql`SELECT title FROM order_lines WHERE order_id = ${order.orderId} ORDER BY variant_id`;
    expect(upload?.parcels).toEqual([
      {
        tracking_no: "SF1234567890123",
        express_company: "SF",
        item_desc: `${titles[0]?.title}*2；${titles[1]?.title}*1`,
        contact: { receiver_contact: `${order.phone.slice(0, 3)}****${order.phone.slice(-4)}` },
      },
    ]);
    expect(await it.owed(order)).toMatchObject({ status: "reported" });
  });

  test.each([
    ["same_city", 2],
    ["pickup", 4],
  ] as const)("%s: one entry with a description alone", async (kind, type) => {
    const order = await it.aPaidOrder({ app: "mini" });
    await it.ship(order, { kind, trackingNo: undefined, carrier: undefined });

    await it.runAll();

    const [title] = await it.sql`SELECT title FROM order_lines WHERE order_id = ${order.orderId}`;
    expect(await uploads(order)).toEqual([`${type} unified all: ${title?.title}*1`]);
    expect(await it.owed(order)).toMatchObject({ status: "reported" });
  });
});

describe("in parts", () => {
  test("a call a parcel as they leave, and the last one says that it was all", async () => {
    const order = await it.aPaidOrder({ app: "mini", quantities: [1, 1, 1] });
    const parcels = [0, 1, 2].map((at) => aParcelOf(order, at));
    const seen: string[][] = [];
    for (const parcel of parcels) {
      await it.ship(order, parcel);
      await it.runAll();
      seen.push([(await it.owed(order)).status, ...(await uploads(order))]);
    }

    const [first, second, third] = parcels.map(({ trackingNo }) => trackingNo);
    expect(seen).toEqual([
      ["queued", `1 split: ${first}`],
      ["queued", `1 split: ${first}`, `1 split: ${second}`],
      ["reported", `1 split: ${first}`, `1 split: ${second}`, `1 split all: ${third}`],
    ]);
    expect(await it.clockRuns(order)).toBe(false);
  });

  test("while more is to come the clock runs, and nothing is asked in a loop", async () => {
    const order = await it.aPaidOrder({ app: "mini", quantities: [1, 1] });
    await it.ship(order, aParcelOf(order, 0));

    await it.runAll();
    await it.reportAfter(order, 60 * minute);

    expect(await it.owed(order)).toMatchObject({
      status: "queued",
      deliverStatus: null,
      calls: ["upload_shipping_info accepted"],
      nextInSeconds: null,
      jobInSeconds: null,
    });
    expect(await it.clockRuns(order)).toBe(true);
  });

  test("the rest is refunded: the last parcel once more, as the last", async () => {
    const order = await it.aPaidOrder({ app: "mini", quantities: [1, 1] });
    const parcel = aParcelOf(order, 0);
    await it.ship(order, parcel);
    await it.runAll();
    const lines = [{ sku: order.skus[1] ?? "", quantity: 1 }];
    const refundNo = await it.asked(order, 8800, { lines });
    await approveRefund(it.shop, { refundNo, by: it.boss });
    await it.send(refundNo);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

    await it.runAll();

    expect(await uploads(order)).toEqual([
      `1 split: ${parcel.trackingNo}`,
      `1 split all: ${parcel.trackingNo}`,
    ]);
    expect(await it.owed(order)).toMatchObject({ status: "reported", deliverStatus: 1 });
  });
});

test("refunded in full with nothing shipped: the refund is the report, and nothing is owed", async () => {
  const order = await it.aPaidOrder({ app: "mini" });
  const refundNo = await it.accepted(order);
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

  await it.runAll();

  expect(await it.owed(order)).toMatchObject({ status: "waived", deliverStatus: 0, calls: [] });
  expect(await uploads(order)).toEqual([]);
});

describe("told once more", () => {
  test("a corrected parcel is shipped anew, once", async () => {
    const order = await it.aPaidOrder({ app: "mini" });
    const [wrong, right] = [aTrackingNo(), aTrackingNo()];
    const { deliveryId } = await it.ship(order, { trackingNo: wrong });
    await it.runAll();

    it.clock.now = new Date(it.clock.now.getTime() + minute);
    await correctDelivery(it.shop, { deliveryId, by: it.boss, parcel: { trackingNo: right } });
    const reopened = await it.owed(order);
    await it.runAll();

    expect(reopened).toMatchObject({ status: "queued", jobInSeconds: 0 });
    expect(await uploads(order)).toEqual([`1 unified all: ${wrong}`, `1 unified all again: ${right}`]);
    expect(await it.owed(order)).toMatchObject({ status: "reported", alarms: [] });
  });

  test("corrected twice: WeChat's one chance is used up, and a person is told", async () => {
    const order = await it.aPaidOrder({ app: "mini" });
    const { deliveryId } = await it.ship(order);
    await it.runAll();
    for (const _ of [1, 2]) {
      it.clock.now = new Date(it.clock.now.getTime() + minute);
      await correctDelivery(it.shop, { deliveryId, by: it.boss, parcel: { trackingNo: aTrackingNo() } });
      await it.runAll();
    }

    expect(await it.owed(order)).toMatchObject({
      status: "refused",
      errorCode: "10060003",
      alarms: ["report_refused"],
    });
  });

  test("another parcel sent in the place of a failed one", async () => {
    const order = await it.aPaidOrder({ app: "mini" });
    const [lost, sent] = [aTrackingNo(), aTrackingNo()];
    const { deliveryId } = await it.ship(order, { trackingNo: lost });
    await it.runAll();
    it.clock.now = new Date(it.clock.now.getTime() + minute);
    await failDelivery(it.shop, { deliveryId, by: it.boss, reason: "lost" });
    const parcel = { kind: "express", trackingNo: sent, lines: "rest" } as const;
    await replaceDelivery(it.shop, { deliveryId, by: it.boss, parcel });

    await it.runAll();

    expect(await uploads(order)).toEqual([`1 unified all: ${lost}`, `1 unified all again: ${sent}`]);
    expect(await it.owed(order)).toMatchObject({ status: "reported" });
  });

  test("with delivernotify a correction tells nothing more", async () => {
    it.channel("delivernotify");
    const order = await it.aPaidOrder();
    const { deliveryId } = await it.ship(order);
    await it.runAll();

    await correctDelivery(it.shop, { deliveryId, by: it.boss, parcel: { trackingNo: aTrackingNo() } });

    expect(await it.owed(order)).toMatchObject({ status: "reported", jobInSeconds: null });
    expect(await it.told(order)).toEqual(["1 ok ×1"]);
  });
});

describe("no clear answer", () => {
  test.each<[string, "timeout" | "timeout-before", string[]]>([
    [
      "executed",
      "timeout",
      ["upload_shipping_info TIMEOUT", "get_order order_state 2", "get_order order_state 2"],
    ],
    [
      "not executed",
      "timeout-before",
      [
        "upload_shipping_info TIMEOUT",
        "get_order order_state 1",
        "upload_shipping_info accepted",
        "get_order order_state 2",
      ],
    ],
  ])("%s: WeChat is asked before it is told once more", async (_what, kind, calls) => {
    const order = await it.aShippedOrder({ app: "mini" });
    await it.sandbox.fault({ call: "upload_shipping_info", kind, outTradeNo: order.outTradeNo });

    await it.report(order);
    await it.reportAfter(order, 2 * minute);
    await it.report(order);

    expect(await it.owed(order)).toMatchObject({ status: "reported", calls });
    expect(await uploads(order)).toHaveLength(1);
  });

  test("a split parcel that was taken without an answer is not told again", async () => {
    const order = await it.aPaidOrder({ app: "mini", quantities: [1, 1] });
    await it.ship(order, aParcelOf(order, 0));
    await it.runAll();
    await it.ship(order, aParcelOf(order, 1));
    await it.sandbox.fault({ call: "upload_shipping_info", kind: "timeout", outTradeNo: order.outTradeNo });

    await it.report(order);
    await it.reportAfter(order, 2 * minute);
    await it.report(order);

    expect(await uploads(order)).toHaveLength(2);
    expect(await it.owed(order)).toMatchObject({ status: "reported" });
  });

  test("it is uploaded and cannot be read back: asked again with growing gaps, never uploaded again", async () => {
    const order = await it.aShippedOrder({ app: "mini" });
    await it.report(order);
    await it.refuse("get_order", -1, 3);
    const gaps: (number | null)[] = [];
    for (let tries = 1; tries <= 3; tries += 1) {
      await it.report(order);
      const { nextInSeconds } = await it.owed(order);
      gaps.push(nextInSeconds);
      it.clock.now = new Date(it.clock.now.getTime() + (nextInSeconds ?? 0) * 1000);
    }

    await it.report(order);

    expect(gaps).toEqual([60, 120, 300]);
    expect(await uploads(order)).toHaveLength(1);
    expect(await it.owed(order)).toMatchObject({ status: "reported" });
  });

  test("WeChat does not show what it took: tried for ever, and a person is told", async () => {
    const order = await it.aShippedOrder({ app: "mini" });
    await it.report(order);
    await it.sql`UPDATE deliveries SET tracking_no = ${aTrackingNo()} WHERE order_id = ${order.orderId}`; // As if WeChat had mixed it up.
    for (let tries = 1; tries <= 4; tries += 1) await it.reportAfter(order, 60 * minute);

    expect(await it.owed(order)).toMatchObject({
      status: "queued",
      errorCode: "NOT_SHOWN",
      alarms: ["report_stuck"],
    });
    expect(await uploads(order)).toHaveLength(1);
  });

  test("WeChat does not know the payment yet: asked again, and then it does", async () => {
    await it.sandbox.shippingSettings({ knownAfterMs: 3_600_000 });
    const order = await it.aShippedOrder({ app: "mini" });
    await it.report(order);
    const early = await it.owed(order);
    await it.sandbox.shippingSettings({ knownAfterMs: 0 });

    await it.reportAfter(order, minute);
    await it.report(order);

    expect(early).toMatchObject({ status: "queued", errorCode: "10060001", nextInSeconds: 30 });
    expect(await it.owed(order)).toMatchObject({ status: "reported" });
  });

  test("somebody has shipped it in the mini program's console: looked into, and that is that", async () => {
    const order = await it.aShippedOrder({ app: "mini" });
    await it.sandbox.confirmReceipt({ outTradeNo: order.outTradeNo });
    await it.refuse("upload_shipping_info", 10060002);

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({
      status: "reported",
      calls: ["upload_shipping_info 10060002", "get_order order_state 3"],
    });
  });

  test("nothing is new to WeChat: as good as taken", async () => {
    const order = await it.aShippedOrder({ app: "mini" });
    await it.refuse("upload_shipping_info", 10060023);

    await it.report(order);

    const [parcel] = await it.sql`SELECT uploaded_at FROM deliveries WHERE order_id = ${order.orderId}`;
    expect(parcel?.uploaded_at).not.toBeNull();
    expect(await it.owed(order)).toMatchObject({ status: "queued", jobInSeconds: 0, errorCode: null });
  });
});

describe("what each errcode of the upload asks for", () => {
  let one: OwingOrder;
  beforeAll(async () => {
    one = await it.aShippedOrder({ app: "mini" });
  });
  beforeEach(() => it.untried(one));

  const refused: [string, null, string[]] = ["refused", null, ["report_refused"]];
  const bugs = [
    47001, 10060005, 10060006, 10060007, 10060008, 10060009, 10060014, 10060020, 10060024, 10060025,
  ];
  const forms = [
    10060026, 268485194, 268485195, 268485196, 268485197, 268485216, 268485224, 268485226, 268485227,
    268485228,
  ];
  test.each<[number, string, number | null, string[]]>([
    [-1, "queued", 30, []],
    [10060012, "queued", 30, []],
    [10060019, "queued", 30, []],
    [45009, "queued", 300, []],
    [10060001, "queued", 30, []],
    [48001, ...refused],
    [10060003, ...refused],
    [10060004, ...refused],
    [10060031, ...refused],
    ...[...bugs, ...forms].map((code): [number, string, null, string[]] => [code, ...refused]),
  ])("%i", async (code, status, nextInSeconds, alarms) => {
    await it.refuse("upload_shipping_info", code);

    await it.report(one);

    expect(await it.owed(one)).toMatchObject({
      status,
      nextInSeconds,
      alarms,
      errorCode: String(code),
      calls: [`upload_shipping_info ${code}`],
    });
    expect(await uploads(one)).toEqual([]);
  });
});
