import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readyToken } from "@/lib/access-tokens/call-with-token";
import { seal } from "@/lib/db/seal";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { sendReportAgain } from "@/lib/deliveries/send-report-again";
import { openShop, type Shop } from "@/lib/shop";
import { aReportingShop, type ReportingShop } from "@/tests/support/a-reporting-shop";
import { paidBackInPortal } from "@/tests/support/paid-back";

let it: ReportingShop;
let other: Shop; // Another worker, as far as database and WeChat know.
beforeAll(async () => {
  it = await aReportingShop();
  other = openShop(it.shop.environment, { poolSize: 10, now: it.shop.now });
});
beforeEach(() => it.calm());
afterAll(async () => {
  await other.close();
  await it.close();
});

const minute = 60_000;
const app = () => {
  const { appId, appSecret } = it.shop.environment.wechat;
  return { appId, appSecret };
};
const refreshes = async () => (await it.sandbox.calls({ call: "stable_token" })).length;
const shipped = (count: number) => Promise.all(Array.from({ length: count }, () => it.aShippedOrder()));

describe("a token that has run out", () => {
  test("two workers, four reports, one refresh; all are accepted", async () => {
    const orders = await shipped(4);
    await readyToken(it.shop, app());
    await it.sandbox.expireToken();
    const before = await refreshes();

    await Promise.all(orders.map((order, at) => it.report(order, { shop: at % 2 ? other : it.shop })));

    expect((await refreshes()) - before).toBe(1);
    for (const order of orders) {
      expect(await it.told(order)).toEqual(["1 ok ×1"]);
      expect(await it.owed(order)).toMatchObject({
        status: "reported",
        attempts: 1,
        calls: ["delivernotify 42001", "delivernotify accepted"],
      });
    }
    expect(await it.openTrouble()).toEqual([]);
  });

  test.each<[string, number]>([
    ["that is no token", 40014],
    ["that was never issued", 40001],
  ])("one %s (%i) is refreshed once as well", async (_what, code) => {
    const order = await it.aShippedOrder();
    await readyToken(it.shop, app());
    const stale = code === 40014 ? "stale" : `sandbox_${"x".repeat(128)}`;
    await it.sql`UPDATE access_tokens SET sealed_token = ${seal(stale, it.shop.environment.dataKey)}`;
    const before = await refreshes();

    await it.report(order);

    expect((await refreshes()) - before).toBe(1);
    expect(await it.owed(order)).toMatchObject({
      status: "reported",
      attempts: 1,
      calls: [`delivernotify ${code}`, "delivernotify accepted"],
    });
  });
});

describe("WeChat refuses the token that it gives", () => {
  test.each([40001, 40014, 42001])(
    "%i: asked for another once, the same came: no loop, one alarm",
    async (code) => {
      const order = await it.aShippedOrder();
      await it.refuse("delivernotify", code, 5);
      const before = await refreshes();

      await it.report(order);

      expect((await refreshes()) - before).toBeLessThanOrEqual(2); // The first one, and once more.
      expect(await it.owed(order)).toMatchObject({
        status: "queued",
        errorCode: String(code),
        nextInSeconds: 900,
        jobInSeconds: 900,
        calls: [`delivernotify ${code}`],
        alarms: [],
      });
      expect(await it.openTrouble()).toMatchObject([
        { count: 1, facts: { code: String(code), remedy: "check_secret" } },
      ]);
    },
  );

  test("another one is refused like the first: repeated once, and never more", async () => {
    const order = await it.aShippedOrder();
    await readyToken(it.shop, app());
    await it.sandbox.expireToken();
    await it.refuse("delivernotify", 40001, 5); // The new one, too.

    await it.report(order);

    expect((await it.owed(order)).calls).toEqual(["delivernotify 42001", "delivernotify 40001"]);
    expect(await it.openTrouble()).toHaveLength(1);
  });
});

describe("the token service refuses", () => {
  test.each([40013, 40125, 40164, 40243, 41002, 41004, 50004, 99999])(
    "%i: one alarm for all, nothing was tried, and everything waits a quarter of an hour",
    async (code) => {
      const [first, second] = await shipped(2);
      if (!first || !second) throw new Error("no orders");
      await it.refuse("stable_token", code, 5);
      const before = await refreshes();

      await it.report(first);
      await it.report(second);

      expect((await refreshes()) - before).toBe(1);
      expect(await it.owed(first)).toMatchObject({
        status: "queued",
        attempts: 0,
        errorCode: String(code),
        jobInSeconds: 900,
        calls: [`stable_token ${code}`],
      });
      expect(await it.owed(second)).toMatchObject({ status: "queued", attempts: 0, calls: [] });
      expect((await it.owed(second)).jobInSeconds).toBeGreaterThan(800);
      expect(await it.openTrouble()).toMatchObject([
        { key: `token_trouble:${app().appId}`, facts: { appId: app().appId, code: String(code) } },
      ]);
    },
  );

  test("the first token that works ends the alarm and sends out what waited for it", async () => {
    const [first, second] = await shipped(2);
    if (!first || !second) throw new Error("no orders");
    await it.refuse("stable_token", 40125, 2);
    await it.report(first);
    it.clock.now = new Date(it.clock.now.getTime() + 16 * minute);
    await it.report(second);
    expect(await it.openTrouble()).toMatchObject([{ count: 2 }]);

    it.clock.now = new Date(it.clock.now.getTime() + 16 * minute);
    await it.report(first);

    expect(await it.openTrouble()).toEqual([]);
    expect(await it.owed(first)).toMatchObject({ status: "reported", attempts: 1 });
    expect(await it.owed(second)).toMatchObject({ status: "queued", nextInSeconds: 0, jobInSeconds: 0 });
    await it.runAll();
    expect(await it.owed(second)).toMatchObject({ status: "reported" });
  });

  test("a refusal for another reason shows as well that the token works", async () => {
    const [first, second] = await shipped(2);
    if (!first || !second) throw new Error("no orders");
    await it.refuse("stable_token", 40125);
    await it.report(first);
    it.clock.now = new Date(it.clock.now.getTime() + 16 * minute);
    await it.refuse("delivernotify", 49003);

    await it.report(second);

    expect(await it.owed(second)).toMatchObject({ status: "refused" });
    expect(await it.openTrouble()).toEqual([]);
    expect(await it.owed(first)).toMatchObject({ jobInSeconds: 0 });
  });

  test("the trouble of one appid holds up none of another's", async () => {
    const mini = await it.aShippedOrder({ app: "mini" });
    const official = await it.aShippedOrder();
    await it.refuse("stable_token", 40125);
    await it.report(official);

    await it.report(mini);

    expect(await it.owed(official)).toMatchObject({ status: "queued" });
    expect(await it.owed(mini)).toMatchObject({ status: "reported" });
    expect(await it.openTrouble()).toHaveLength(1);
  });

  test("a person who sends one again does not wait for the pause", async () => {
    const [first, second] = await shipped(2);
    if (!first || !second) throw new Error("no orders");
    await it.refuse("delivernotify", 49004);
    await it.report(second);
    await it.sql`DELETE FROM access_tokens`;
    await it.refuse("stable_token", 40125);
    await it.report(first);

    await sendReportAgain(it.shop, { receiptId: second.receiptId, by: it.boss });
    await it.runAll();

    expect(await it.owed(second)).toMatchObject({ status: "reported" });
    expect(await it.openTrouble()).toEqual([]);
  });

  test("no clear answer of the token service is no alarm: it is asked again in five minutes", async () => {
    const order = await it.aShippedOrder();
    await it.refuse("stable_token", -1);

    await it.report(order);

    expect(await it.owed(order)).toMatchObject({
      status: "queued",
      attempts: 0,
      errorCode: "-1",
      jobInSeconds: 300,
    });
    expect(await it.openTrouble()).toEqual([]);
  });

  test("none for twenty minutes: a person is told; over with the report that goes out", async () => {
    const order = await it.aShippedOrder();
    await it.refuse("stable_token", 45009, 5);
    const alarmed: string[][] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      await it.report(order);
      alarmed.push((await it.owed(order)).alarms);
      it.clock.now = new Date(it.clock.now.getTime() + 5 * 60_000);
    }

    expect(alarmed).toEqual([[], [], [], [], ["report_stuck"]]);
    await it.report(order);

    expect(await it.owed(order)).toMatchObject({ status: "reported", attempts: 1, alarms: [] });
  });
});

test("no token and no secret stands in a row that is read by people", async () => {
  const order = await it.aShippedOrder();
  await it.refuse("delivernotify", 40001, 2);
  await it.report(order);
  const token = await readyToken(it.shop, app());

  const rows = await it.sql`SELECT to_jsonb(d)::text AS text FROM delivery_reports d
    UNION ALL SELECT to_jsonb(a)::text FROM alarms a UNION ALL SELECT to_jsonb(c)::text FROM wechat_calls c
    UNION ALL SELECT to_jsonb(r)::text FROM job_runs r UNION ALL SELECT to_jsonb(t)::text FROM access_tokens t`;

  const all = rows.map(({ text }) => String(text)).join("\n");
  expect(all).toContain("token_trouble");
  expect(all).not.toContain(token);
  expect(all).not.toContain(app().appSecret);
});

// Last, because it turns the clock, and the pause of a refused token counts on the database's.
test("lost since, and the money back: what never got past the token is told as it is now", async () => {
  const order = await it.aPaidOrder();
  const { deliveryId } = await it.ship(order);
  await it.refuse("delivernotify", 40001, 2);
  await it.report(order);
  expect(await it.owed(order)).toMatchObject({ status: "queued", attempts: 0, deliverStatus: 1 });

  await failDelivery(it.shop, { deliveryId, by: it.boss, reason: "丢件" });
  await paidBackInPortal(it.shop, { ...order, memberId: 0 }, order.totalFen);
  await it.sandbox.disarm();
  await it.advance(3_600_000);
  await it.report(order);

  expect(await it.told(order)).toEqual(["0 该商品已退款 ×1"]);
});
