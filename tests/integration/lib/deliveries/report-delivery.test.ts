import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aReportingShop, type ReportingShop } from "@/tests/support/a-reporting-shop";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
beforeEach(() => it.calm());
afterAll(() => it.close());

describe("a report that WeChat accepts", () => {
  test("is one message in its ledger, ends the clock, and leaves no job", async () => {
    const order = await it.aShippedOrder();
    expect(await it.clockRuns(order)).toBe(true);

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
});
