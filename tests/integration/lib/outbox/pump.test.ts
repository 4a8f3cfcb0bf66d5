import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { nudgeOutbox, outboxChannel } from "@/lib/outbox/nudge";
import { pumpOutbox, pumpWholeOutbox } from "@/lib/outbox/pump";
import { aShop, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
beforeEach(async () => {
  await it.sql`TRUNCATE outbox`;
  await it.sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`;
});
afterAll(() => it.close());

const fill = (count: number) =>
  it.sql`INSERT INTO outbox (task, payload) SELECT 'order_paid', jsonb_build_object('orderId', n, 'receiptId', n) FROM generate_series(1, ${count}) n`;
const jobs = () =>
  it.sql`SELECT payload->>'orderId' AS "orderId" FROM graphile_worker._private_jobs ORDER BY id`;
const waiting = async () => Number((await it.sql`SELECT count(*)::int AS rows FROM outbox`)[0]?.rows);

test("four pumpers at once turn each row into exactly one job", async () => {
  await fill(2000);

  await Promise.all(Array.from({ length: 4 }, () => pumpWholeOutbox(it.sql)));
  await pumpWholeOutbox(it.sql);

  const made = (await jobs()).map(({ orderId }) => Number(orderId));
  expect(made).toHaveLength(2000);
  expect(new Set(made).size).toBe(2000);
  expect(await waiting()).toBe(0);
});

test("a batch is bounded and keeps the order of the facts", async () => {
  await fill(700);

  expect(await pumpOutbox(it.sql)).toBe(500);
  expect(await pumpOutbox(it.sql)).toBe(200);
  expect(await pumpOutbox(it.sql)).toBe(0);

  expect((await jobs()).map(({ orderId }) => Number(orderId))).toEqual(
    Array.from({ length: 700 }, (_, n) => n + 1),
  );
});

test("a pump that fails leaves every row where it was", async () => {
  await fill(3);
  await it.sql`ALTER TABLE graphile_worker._private_jobs ADD CONSTRAINT broken CHECK (false) NOT VALID`;

  await expect(pumpOutbox(it.sql)).rejects.toThrow("broken");
  await it.sql`ALTER TABLE graphile_worker._private_jobs DROP CONSTRAINT broken`;

  expect(await waiting()).toBe(3);
  expect(await jobs()).toHaveLength(0);
});

test("a row of a transaction that rolls back is never pumped", async () => {
  const rolledBack = it.sql.begin(async (tx) => {
    await tx`INSERT INTO outbox (task, payload) VALUES ('order_paid', '{"orderId": 1, "receiptId": 1}')`;
    await pumpWholeOutbox(it.sql); // Another connection: it must not see it.
    throw new Error("rolled back");
  });

  await expect(rolledBack).rejects.toThrow("rolled back");
  await pumpWholeOutbox(it.sql);

  expect(await jobs()).toHaveLength(0);
});

test("a row is pumped whose transaction began before others that are pumped already", async () => {
  const early = await it.sql.reserve();
  await early`BEGIN`;
  await early`INSERT INTO outbox (task, payload) VALUES ('order_paid', '{"orderId": 77, "receiptId": 1}')`;
  await fill(1);
  await pumpWholeOutbox(it.sql);
  await early`COMMIT`;
  early.release();

  await pumpWholeOutbox(it.sql);

  expect((await jobs()).map(({ orderId }) => orderId)).toEqual(["1", "77"]);
});

test("a hundred nudges in a breath are one", async () => {
  let heard = 0;
  const { unlisten } = await it.sql.listen(outboxChannel, () => heard++);

  for (let n = 0; n < 100; n++) nudgeOutbox(it.sql);
  await sleep(300);
  await unlisten();

  expect(heard).toBe(1);
});

test("every payment is followed by a nudge that finds it committed", async () => {
  const orders = await Promise.all(Array.from({ length: 40 }, () => it.payableOrder()));
  const seen: number[] = [];
  const { unlisten } = await it.sql.listen(outboxChannel, async () => {
    seen.push(await waiting());
  });

  await Promise.all(
    orders.map((order) => POST(post(paymentNotification(it.shop.environment.wechat, order)))),
  );
  for (const end = Date.now() + 5000; seen.at(-1) !== 40 && Date.now() < end; ) await sleep(20);
  await unlisten();

  expect(seen.at(-1)).toBe(40);
});

test("the statement itself does not NOTIFY: PostgreSQL would serialise its commits", async () => {
  const order = await it.payableOrder();
  const seen: string[] = [];
  const { unlisten } = await it.sql.listen(outboxChannel, () => seen.push("nudge"));
  const { settlePayment } = await import("@/lib/notifications/settle-payment");
  const { wechat } = it.shop.environment;

  await settlePayment(
    it.shop,
    {
      source: "query",
      signType: wechat.signType,
      appId: wechat.appId,
      mchId: wechat.mchId,
      outTradeNo: order.outTradeNo,
      resultCode: "SUCCESS",
      transactionId: "4200000000000000000000000001",
      totalFen: order.totalFen,
      feeType: null,
      openid: null,
      paidAt: null,
    },
    null,
  );
  await sleep(100);
  const before = seen.length;
  nudgeOutbox(it.sql);
  await sleep(200);
  await unlisten();

  expect([before, seen.length]).toEqual([0, 1]);
});
