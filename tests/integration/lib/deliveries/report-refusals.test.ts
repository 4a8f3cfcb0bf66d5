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

describe("what a failed try asks for", () => {
  test.each<
    [string, { kind: "timeout" | "timeout-before" | "reset" | "bad-gateway" | "garbage"; copies: number }]
  >([
    ["executed, no answer in time", { kind: "timeout", copies: 2 }],
    ["not executed, no answer in time", { kind: "timeout-before", copies: 1 }],
    ["executed, the connection breaks off", { kind: "reset", copies: 2 }],
    ["a gateway's page", { kind: "bad-gateway", copies: 1 }],
    ["executed, an answer that nobody can read", { kind: "garbage", copies: 2 }],
  ])("%s: the same bytes again, one message in WeChat's ledger", async (_what, { kind, copies }) => {
    const order = await it.aShippedOrder();
    await it.sandbox.fault({ call: "delivernotify", kind, outTradeNo: order.outTradeNo });

    await it.report(order);
    const failed = await it.owed(order);
    await it.reportAfter(order, minute);

    expect(failed).toMatchObject({
      status: "queued",
      attempts: 1,
      nextInSeconds: 30,
      jobInSeconds: 30,
      alarms: [],
    });
    expect(await it.told(order)).toEqual([`1 ok ×${copies}`]);
    expect(new Set(it.messages(order)).size).toBe(1);
    expect(it.messages(order)).toHaveLength(2);
    expect(await it.owed(order)).toMatchObject({ status: "reported", attempts: 2, errorCode: null });
  });

  test("unclear answers: growing gaps, a person is told of the fifth, and it is tried for ever", async () => {
    await it.refuse("delivernotify", -1, 8);
    const seen: (number | null)[] = [];
    const alarmed: number[] = [];
    for (let tries = 1; tries <= 8; tries += 1) {
      await it.report(one);
      const { nextInSeconds, alarms } = await it.owed(one);
      seen.push(nextInSeconds);
      alarmed.push(alarms.length);
      it.clock.now = new Date(it.clock.now.getTime() + (nextInSeconds ?? 0) * 1000);
    }

    await it.report(one);

    expect(seen).toEqual([30, 60, 120, 300, 900, 1800, 3600, 3600]);
    expect(alarmed).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(await it.owed(one)).toMatchObject({ status: "reported", alarms: [] });
  });

  const byCode: [number, { status: string; next: number | null; alarm: string[] }][] = [
    [-1, { status: "queued", next: 30, alarm: [] }],
    [44990, { status: "queued", next: 300, alarm: [] }],
    [45009, { status: "queued", next: 300, alarm: [] }],
    [45011, { status: "queued", next: 300, alarm: [] }],
    [47001, { status: "refused", next: null, alarm: ["report_refused"] }],
    [48001, { status: "refused", next: null, alarm: ["report_refused"] }],
    [49001, { status: "refused", next: null, alarm: ["report_refused"] }],
    [49002, { status: "refused", next: null, alarm: ["report_refused"] }],
    [49003, { status: "refused", next: null, alarm: ["report_refused"] }],
    [49004, { status: "refused", next: null, alarm: ["report_refused"] }],
    [49005, { status: "queued", next: 30, alarm: [] }],
    [99999, { status: "refused", next: null, alarm: ["report_refused"] }],
  ];
  test.each(byCode)("%i", async (code, { status, next, alarm }) => {
    await it.refuse("delivernotify", code);

    await it.report(one);

    expect(await it.owed(one)).toMatchObject({
      status,
      nextInSeconds: next,
      jobInSeconds: next,
      errorCode: String(code),
      calls: [`delivernotify ${code}`],
      alarms: alarm,
    });
  });

  test("a payment that WeChat does not know is asked for five times, and then goes to a person", async () => {
    await it.refuse("delivernotify", 49005, 5);
    const states: string[] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      await it.report(one);
      const { status, nextInSeconds } = await it.owed(one);
      states.push(`${status} ${nextInSeconds}`);
      it.clock.now = new Date(it.clock.now.getTime() + (nextInSeconds ?? 0) * 1000);
    }

    expect(states).toEqual(["queued 30", "queued 60", "queued 120", "queued 300", "refused null"]);
    expect((await it.owed(one)).alarms).toEqual(["report_refused"]);
  });

  test("the alarm names the payment, WeChat's words and what to do, and nothing secret", async () => {
    await it.refuse("delivernotify", 49004);

    await it.report(one);

    const [alarm] = await it.sql`SELECT facts FROM alarms WHERE kind = 'report_refused' AND status = 'open'`;
    expect(alarm?.facts).toEqual({
      outTradeNo: one.outTradeNo,
      transactionId: one.transactionId,
      code: "49004",
      text: "not match signature",
      remedy: "check_app_key",
    });
  });

  test("without an appkey it is refused before WeChat is asked", async () => {
    const { wechat } = it.shop.environment;
    const { appKey } = wechat;
    wechat.appKey = null;

    await it.report(one);

    wechat.appKey = appKey;
    expect(await it.owed(one)).toMatchObject({ status: "refused", errorCode: "APP_KEY_MISSING" });
  });
});

describe("a receipt without an openid", () => {
  test("is asked for once, and what WeChat says is kept", async () => {
    const order = await it.aShippedOrder();
    const [known] = await it.sql`SELECT openid FROM receipts WHERE id = ${order.receiptId}`;
    await it.sql`UPDATE receipts SET openid = NULL WHERE id = ${order.receiptId}`;

    await it.report(order);

    expect((await it.owed(order)).calls).toEqual(["orderquery SUCCESS", "delivernotify accepted"]);
    expect(await it.sql`SELECT openid FROM receipts WHERE id = ${order.receiptId}`).toEqual([known]);
    expect(await it.told(order)).toEqual(["1 ok ×1"]);
  });

  test("none is known to WeChat either: refused like 49002, and nothing was tried", async () => {
    const order = await it.aShippedOrder();
    await it.sql`UPDATE receipts SET openid = NULL, transaction_id = ${`x${order.transactionId.slice(1)}`} WHERE id = ${order.receiptId}`;

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({
      status: "refused",
      attempts: 0,
      errorCode: "OPENID_MISSING",
      alarms: ["report_refused"],
      calls: ["orderquery SUCCESS"],
    });
  });

  test("no clear answer to the question: nothing counts, and it is asked again", async () => {
    const order = await it.aShippedOrder();
    await it.sql`UPDATE receipts SET openid = NULL WHERE id = ${order.receiptId}`;
    await it.sandbox.fault({ call: "orderquery", kind: "system-error", outTradeNo: order.outTradeNo });

    await it.report(order);
    const failed = await it.owed(order);
    await it.reportAfter(order, 5 * minute);

    expect(failed).toMatchObject({ status: "queued", attempts: 0, nextInSeconds: 300, jobInSeconds: 300 });
    expect(await it.owed(order)).toMatchObject({ status: "reported", attempts: 1 });
  });
});
