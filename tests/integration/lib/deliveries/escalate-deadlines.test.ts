import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { escalateDeadlines } from "@/lib/deliveries/escalate-deadlines";
import type { SettingKey } from "@/lib/settings/definitions";
import { aRunningClock } from "../../../support/a-running-clock";
import { aShop } from "../../../support/a-shop";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let it: Awaited<ReturnType<typeof aShop>>;
let startMs: number;

beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterAll(() => it.close());
beforeEach(async () => {
  await it.sql`TRUNCATE messages, alarms, alarm_orders, escalations, settings CASCADE`;
  await it.sql`UPDATE orders SET clock_ended_at = now() WHERE deliver_by IS NOT NULL`;
  startMs = Math.floor(Date.now() / 1000) * 1000; // WeChat tells payments in whole seconds.
  it.clock.now = new Date(startMs);
});

const clock = (of: Parameters<typeof aRunningClock>[1] = {}) => aRunningClock(it.shop, of);
/** The worker's minute, so long after the payment. */
const lookAt = async (hours: number) => {
  it.clock.now = new Date(startMs + hours * hourMs);
  await escalateDeadlines(it.shop);
};
const set = (key: SettingKey, value: number) =>
  it.sql`INSERT INTO settings (key, value) VALUES (${key}, ${value}::text::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
const levelsOf = async ({ orderId }: { orderId: number }) =>
  (
    await it.sql`SELECT level, extract(epoch FROM at) * 1000 - ${startMs} AS ms FROM escalations WHERE order_id = ${orderId} ORDER BY level`
  ).map(({ level, ms }) => ({ level: Number(level), hours: Number(ms) / hourMs }));
/** Every alarm about the deadline of an order, in the order they were raised. */
const alarmsOf = async ({ orderNo }: { orderNo: string }) =>
  (
    await it.sql`SELECT kind, status, count, facts FROM alarms WHERE facts->>'orderNo' = ${orderNo} ORDER BY id`
  ).map(({ kind, status, count, facts }) => `${kind} ${facts.level} ${status} ${count}`);
const messages = async () =>
  (await it.sql`SELECT text FROM messages ORDER BY id`).map(({ text }) => String(text));

describe("a deadline that comes nearer", () => {
  test("a clock driven through 72 hours tells each level once, when it passes", async () => {
    const order = await clock();

    for (let minute = 0; minute <= 73 * 60; minute += 6) await lookAt(minute / 60);

    expect(await levelsOf(order)).toEqual([
      { level: 50, hours: 36 },
      { level: 80, hours: 57.6 },
      { level: 100, hours: 72 },
    ]);
    expect(await alarmsOf(order)).toEqual([
      "deadline_near 50 resolved 1",
      "deadline_near 80 resolved 1",
      "deadline_missed 100 open 1",
    ]);
    expect(await messages()).toEqual([
      `【掌柜小店】1 笔订单发货时限已过 50%，请尽快发货：${order.orderNo}`,
      `【掌柜小店】1 笔订单发货时限已过 80%，请尽快发货：${order.orderNo}`,
      `【掌柜小店】1 笔订单已超过发货时限，请立即发货并上报：${order.orderNo}`,
    ]);
  });

  test("virtual goods have 24 hours", async () => {
    const order = await clock({ kind: "virtual" });

    for (let minute = 0; minute <= 24 * 60; minute += 12) await lookAt(minute / 60);

    expect(await levelsOf(order)).toEqual([
      { level: 50, hours: 12 },
      { level: 80, hours: 19.2 },
      { level: 100, hours: 24 },
    ]);
  });

  test("a worker that slept from hour 1 to hour 70 keeps both levels, and tells of the higher one", async () => {
    const order = await clock();
    await lookAt(1);

    await lookAt(70);

    expect((await levelsOf(order)).map(({ level }) => level)).toEqual([50, 80]);
    expect(await alarmsOf(order)).toEqual(["deadline_near 80 open 1"]);
    expect(await messages()).toHaveLength(1);
    await lookAt(71);
    await lookAt(100);
    expect(await alarmsOf(order)).toEqual(["deadline_near 80 resolved 1", "deadline_missed 100 open 1"]);
  });

  test("an alarm names its order and its deadline, and is announced to open desks", async () => {
    const order = await clock();
    await it.sql`DELETE FROM outbox`;

    await lookAt(40);

    const [alarm] =
      await it.sql`SELECT a.source, a.facts, a.dedupe_key, o.order_id::int FROM alarms a JOIN alarm_orders o ON o.alarm_id = a.id`;
    expect(alarm).toMatchObject({
      source: "shop",
      order_id: order.orderId,
      dedupe_key: `deadline_near:${order.orderId}:50`,
    });
    expect(new Date(alarm?.facts.deliverBy).getTime()).toBe(startMs + 72 * hourMs);
    const outbox = await it.sql`SELECT task FROM outbox`;
    expect(outbox.map(({ task }) => task)).toEqual(["alarm_raised"]);
  });

  test("an order whose clock has ended is told nothing more", async () => {
    const order = await clock();
    await lookAt(40);
    await it.sql`SELECT end_clock(${order.orderId}, ${it.clock.now.toISOString()})`;

    await lookAt(80);

    expect((await levelsOf(order)).map(({ level }) => level)).toEqual([50]);
    expect(await alarmsOf(order)).toEqual(["deadline_near 50 resolved 1"]);
  });
});

describe("settings that change meanwhile", () => {
  test("a level that is moved ahead is told anew, one that lies behind a told one is not", async () => {
    const order = await clock();
    await lookAt(37);

    await set("escalateFirstPercent", 60);
    await lookAt(42);
    expect((await levelsOf(order)).map(({ level }) => level)).toEqual([50]);
    await lookAt(43.2);
    expect(await alarmsOf(order)).toEqual(["deadline_near 50 resolved 1", "deadline_near 60 open 1"]);
    await set("escalateFirstPercent", 20);
    await lookAt(44);

    expect(await alarmsOf(order)).toEqual(["deadline_near 50 resolved 1", "deadline_near 60 open 1"]);
    await set("escalateSecondPercent", 61);
    await lookAt(44.1);
    expect((await alarmsOf(order)).at(-1)).toBe("deadline_near 61 open 1");
  });

  test("messages are written in the language that the shop has chosen", async () => {
    await it.sql`INSERT INTO settings (key, value) VALUES ('messageLanguage', '"en"')`;
    const [one, two] = [await clock(), await clock()];

    await lookAt(72);

    expect(await messages()).toEqual([
      `[掌柜小店] 2 orders: past the delivery deadline, ship and report now. ${one.orderNo}, ${two.orderNo}`,
    ]);
  });

  test("two levels that are the same are one", async () => {
    await set("escalateFirstPercent", 80);
    const order = await clock();

    await lookAt(60);

    expect((await levelsOf(order)).map(({ level }) => level)).toEqual([80]);
    expect(await messages()).toHaveLength(1);
  });
});

describe("many at once", () => {
  test("two workers in a hundred rounds tell every order of every level once", async () => {
    const orders = [];
    for (let n = 0; n < 6; n++) orders.push(await clock({ kind: n % 2 ? "virtual" : "physical" }));

    for (let round = 1; round <= 100; round++) {
      it.clock.now = new Date(startMs + round * 0.75 * hourMs);
      await Promise.all([escalateDeadlines(it.shop), escalateDeadlines(it.shop)]);
    }

    for (const order of orders) {
      expect((await levelsOf(order)).map(({ level }) => level)).toEqual([50, 80, 100]);
      expect(await alarmsOf(order)).toEqual([
        "deadline_near 50 resolved 1",
        "deadline_near 80 resolved 1",
        "deadline_missed 100 open 1",
      ]);
    }
    const told = (await messages()).flatMap((text) => text.match(/\d{15,}/g) ?? []);
    expect(told).toHaveLength(18);
  });

  test("more than a batch are all told, by one message that names the first ten", async () => {
    const sample = await clock();
    await it.sql`INSERT INTO orders (order_no, member_id, kind, status, goods_fen, freight_fen, total_fen, expires_at, paid_at, deliver_by, recipient)
      SELECT 'B' || lpad(n::text, 4, '0'), ${sample.memberId}, 'physical', 'paid', 1, 0, 1, now(), to_timestamp(${startMs} / 1000.0) - interval '1 hour',
        to_timestamp(${startMs} / 1000.0) + interval '71 hours', '{}' FROM generate_series(1, 1200) n`;

    await lookAt(35);

    const [row] =
      await it.sql`SELECT count(*)::int AS told, (SELECT count(*)::int FROM alarms WHERE kind = 'deadline_near') AS alarms FROM escalations`;
    expect(row).toEqual({ told: 1200, alarms: 1200 });
    const numbers = Array.from({ length: 10 }, (_, n) => `B${String(n + 1).padStart(4, "0")}`).join("、");
    expect(await messages()).toEqual([`【掌柜小店】500 多笔订单发货时限已过 50%，请尽快发货：${numbers} 等`]);
  });

  test("an order that somebody holds is passed over, and told a minute later", async () => {
    const [held, free] = [await clock(), await clock()];

    await it.shop.db.transaction(async (tx) => {
      await tx.execute(`SELECT 1 FROM orders WHERE id = ${held.orderId} FOR NO KEY UPDATE`);
      await lookAt(40);
    });

    expect(await levelsOf(held)).toEqual([]);
    expect(await levelsOf(free)).toHaveLength(1);
    await lookAt(40 + 1 / 60);
    expect(await levelsOf(held)).toHaveLength(1);
  });

  test("a report that is accepted while a worker looks leaves no alarm behind, whoever comes first", async () => {
    for (let round = 0; round < 30; round++) {
      it.clock.now = new Date(startMs);
      const order = await clock();
      it.clock.now = new Date(startMs + 40 * hourMs);
      const accepted = it.shop.db.transaction(async (tx) => {
        await tx.execute(`SELECT 1 FROM orders WHERE id = ${order.orderId} FOR NO KEY UPDATE`);
        await tx.execute(`SELECT end_clock(${order.orderId}, '${it.clock.now.toISOString()}')`);
      });
      await Promise.all([escalateDeadlines(it.shop), accepted, escalateDeadlines(it.shop)]);

      const open = (await alarmsOf(order)).filter((alarm) => !alarm.includes("resolved"));
      expect(open).toEqual([]);
    }
  });
});
