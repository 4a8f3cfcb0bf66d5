import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { deskChannel } from "@/lib/live/signal-desk";
import { aShop } from "@/tests/support/a-shop";
import { anAlarm, sayAlarm } from "@/tests/support/an-alarm";
import { runDueJobs } from "@/tests/support/run-due-jobs";

let it: Awaited<ReturnType<typeof aShop>>;
const heard: string[] = [];
beforeAll(async () => {
  it = await aShop();
  await it.sql.listen(deskChannel, (payload) => heard.push(payload));
});
beforeEach(async () => {
  await it.sql`TRUNCATE alarms, notifications, messages, outbox, settings CASCADE`;
  await it.sql`DELETE FROM graphile_worker._private_jobs`;
  heard.length = 0;
});
afterAll(() => it.close());

const texts = async () => (await it.sql`SELECT text FROM messages ORDER BY id`).map(({ text }) => text);
const raise = (kind: string, dedupeKey = kind, orderId?: number) =>
  raiseAlarm(it.shop.db, { kind, dedupeKey, orderId, facts: {} });

test("WeChat's alarm is told once, with the orders it names and where to read on", async () => {
  const orders = [
    await it.payableOrder(),
    await it.payableOrder(),
    await it.payableOrder(),
    await it.payableOrder(),
  ];
  const content = orders.map(({ outTradeNo }) => outTradeNo).join(" ");

  await sayAlarm(anAlarm({ AlarmContent: content }));
  await sayAlarm(anAlarm({ AlarmContent: content, TimeStamp: "1393860741" }));
  await runDueJobs(it.shop);

  const numbers = orders.slice(0, 3).map(({ orderNo }) => orderNo);
  expect(await texts()).toEqual([
    `【掌柜小店】微信：发货超时 ${numbers.join(" ")} … http://127.0.0.1:3000/dashboard/alarms`,
  ]);
});

test("in the language of the setting; a type that nobody knows by its number", async () => {
  await it.sql`INSERT INTO settings (key, value) VALUES ('messageLanguage', '"en"')`;

  await sayAlarm(anAlarm({ ErrorType: "77", Description: "<b>secret</b>" }));
  await raise("refund_stuck");
  await runDueJobs(it.shop);

  expect(await texts()).toEqual([
    "【掌柜小店】WeChat's alarm 77 http://127.0.0.1:3000/dashboard/alarms",
    "【掌柜小店】A refund gets no clear answer http://127.0.0.1:3000/dashboard/alarms",
  ]);
});

describe("of the shop's own", () => {
  test.each([
    "mismatching_money",
    "unknown_money",
    "second_transaction",
    "report_refused",
    "token_trouble",
    "certificate_trouble",
    "refund_abnormal",
  ])("%s is told", async (kind) => {
    await raise(kind);
    await runDueJobs(it.shop);

    expect(await texts()).toHaveLength(1);
  });

  test.each(["forged_notification", "job_failed", "message_failed", "deadline_near", "deadline_missed"])(
    "%s is not: it costs nothing, or has a message of its own",
    async (kind) => {
      await raise(kind);
      await runDueJobs(it.shop);

      expect(await texts()).toEqual([]);
    },
  );
});

test("what is over before anybody could be told is not told, and read out on no desk", async () => {
  await raise("token_trouble");
  await it.sql`SELECT resolve_alarms(ARRAY['token_trouble'], now())`;
  await runDueJobs(it.shop);

  expect(await texts()).toEqual([]);
  await expect.poll(() => heard).toEqual([`{"type":"alarm"}`]);
});

test("of a flood about one trouble, desks hear once", async () => {
  for (let n = 0; n < 50; n++) await raise("forged_notification");
  await raise("job_failed");
  await runDueJobs(it.shop);

  await expect.poll(() => heard).toEqual(Array(2).fill(`{"type":"alarm","isNew":true}`));
  expect(await it.sql`SELECT kind, count FROM alarms ORDER BY id`).toEqual([
    { kind: "forged_notification", count: 50 },
    { kind: "job_failed", count: 1 },
  ]);
});
