import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuyersOrder, notify, pressPay, requireOrder } from "@/tests/support/a-buyer";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aProduct, payableOrder, paymentNotification } from "@/tests/support/a-shop";
import { startWorker } from "@/tests/support/app";
import { followUpsDone, notPaidExactlyOnce } from "@/tests/support/paid-once";
import { type DatabaseProxy, startProxy } from "@/tests/support/tcp-proxy";

/**
 * Processes are SIGKILLed while a proxy, which the product knows nothing of, makes one message to or from PostgreSQL
 * stand still; then they are started again, and what WeChat does anyway does the rest.
 */
const rounds = [1, 2, 3];

let proxy: DatabaseProxy;
let shop: RunningShop;
let sku: string;

beforeAll(async () => {
  const through = async (databaseUrl: string) => {
    proxy = await startProxy(databaseUrl);
    return proxy.url;
  };
  shop = await aRunningShop({ worker: false, through });
  sku = (await aProduct(shop.shop, { onHand: 100_000 })).sku;
});

afterAll(async () => {
  await shop?.stop();
  await proxy?.stop();
});

describe("the app is killed", () => {
  test.for(rounds)("before the settling statement arrives: WeChat's retry pays, once (%d)", async () => {
    const order = await anOpenPayment();
    const stall = proxy.stallStatement(/settle_payment/);
    await shop.sandbox.pay({ outTradeNo: order.outTradeNo, wait: false });
    await stall.reached;

    await app().kill();

    expect(await statusOf(order)).toBe("pending");
    await startAppAgain();
    await expectDelivered(order);
    await withWorker(() => expectPaidOnce([order.orderNo]));
  });

  test.for(rounds)("after the commit, before it hears of it: WeChat's retry is a copy (%d)", async () => {
    const order = await anOpenPayment();
    const stall = proxy.stallAnswer(/settle_payment/);
    await shop.sandbox.pay({ outTradeNo: order.outTradeNo, wait: false });
    await stall.reached;

    await app().kill();

    expect(await statusOf(order)).toBe("paid"); // Committed: another connection sees it.
    await startAppAgain();
    expect((await expectDelivered(order)).copies).toBeGreaterThan(0);
    await withWorker(() => expectPaidOnce([order.orderNo]));
  });

  test.for(rounds)(
    "with the payment's row committed and WeChat not asked: the same number (%d)",
    async () => {
      const order = await requireOrder(app().url, sku);
      const stall = proxy.stallAnswer(/^commit/i, { after: /insert into "payments"/ });
      const lost = pressPay(app().url, order).catch(() => "lost");
      await stall.reached;

      await app().kill();

      expect(await lost).toBe("lost");
      expect(await shop.sandbox.calls({ outTradeNo: `${order.orderNo}P1` })).toEqual([]);
      await startAppAgain();
      await expectSameNumber(order);
    },
  );

  test.for(rounds)("while WeChat, having executed, does not answer: the same number (%d)", async () => {
    const order = await requireOrder(app().url, sku);
    const outTradeNo = `${order.orderNo}P1`;
    await shop.sandbox.fault({ call: "unifiedorder", kind: "timeout", outTradeNo });
    const lost = pressPay(app().url, order).catch(() => "lost");
    await until(async () => (await shop.sandbox.calls({ outTradeNo })).length === 1);

    await app().kill();

    expect(await lost).toBe("lost");
    await startAppAgain();
    await expectSameNumber(order);
  });
});

describe("the worker is killed", () => {
  const points = [
    {
      at: "before it takes from the outbox",
      stall: () => proxy.stallStatement(/DELETE FROM outbox/),
      leaves: { outbox: 5, queued: 0, halfDone: false, doneAndQueued: false },
    },
    {
      at: "with the outbox turned into jobs",
      stall: () => proxy.stallAnswer(/DELETE FROM outbox/),
      leaves: { outbox: 0, queued: 5, halfDone: false, doneAndQueued: false },
    },
    {
      at: "within a follow-up",
      stall: () => proxy.stallStatement(/pg_notify\(\$1, \$2\)/),
      leaves: { outbox: 0, halfDone: true },
    },
  ];

  test.for(points)("$at: every follow-up ends, once", async ({ stall, leaves }) => {
    await endAllJobs();
    const paid = await payInProcess(5);
    const stalled = stall();
    const worker = await aWorker();
    await stalled.reached;

    await worker.kill();

    expect(await whatIsLeft(paid)).toMatchObject(leaves);
    await withWorker(() => expectPaidOnce(paid));
  });

  test("with a follow-up done and still queued: every follow-up ends, once", async () => {
    const paid: string[] = [];
    for (let left = await whatIsLeft(paid); !left?.doneAndQueued; left = await whatIsLeft(paid)) {
      if (paid.length >= 50) throw new Error("no follow-up was ever the job that stood still");
      if (paid.length > 0) await withWorker(() => expectPaidOnce(paid)); // That time it was a job of the clock's.
      await endAllJobs();
      const worker = await aWorker();
      await until(async () => (await dueJobs()) === 0); // What a worker looks at when it starts is done.
      const stalled = proxy.stallStatement(/delete from .*_private_jobs/);
      paid.push(...(await payInProcess(5)));
      await stalled.reached;
      await worker.kill();
    }

    await withWorker(() => expectPaidOnce(paid));
  });
});

const endAllJobs = () =>
  shop.shop.sql`SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs`;

const dueJobs = async () =>
  (await shop.shop.sql`SELECT 1 FROM graphile_worker.jobs WHERE run_at <= now()`).length;

/** How far the follow-ups had come when their worker died. */
async function whatIsLeft(orderNos: string[]) {
  const [left] = await shop.shop.sql`
    WITH runs AS (
      SELECT r.ended_at, j.id IS NOT NULL AS queued
        FROM job_runs r JOIN orders o ON o.id = r.order_id LEFT JOIN graphile_worker.jobs j ON j.id::text = r.job_id
        WHERE r.task = 'order_paid' AND o.order_no = ANY(${orderNos})
    )
    SELECT (SELECT count(*)::int FROM outbox) AS outbox,
      (SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier = 'order_paid') AS queued,
      (SELECT coalesce(bool_or(queued AND ended_at IS NULL), false) FROM runs) AS "halfDone",
      (SELECT coalesce(bool_or(queued AND ended_at IS NOT NULL), false) FROM runs) AS "doneAndQueued"`;
  return left;
}

test("without a worker notifications are answered in time, and nothing is lost when it comes", async () => {
  const paid = await payInProcess(200);
  const [waiting] = await shop.shop.sql`SELECT count(*)::int FROM outbox`;

  expect(waiting?.count).toBe(200);
  await withWorker(() => expectPaidOnce(paid));
});

const app = () => {
  const [running] = shop.apps;
  if (!running) throw new Error("no app");
  return running;
};

const aWorker = () => startWorker({ databaseUrl: proxy.url, sandbox: shop.sandbox });

async function startAppAgain(): Promise<void> {
  shop.apps[0] = await app().again();
}

async function withWorker(act: () => Promise<void>): Promise<void> {
  const worker = await aWorker();
  try {
    await act();
  } finally {
    await worker.stop();
  }
}

type OpenPayment = BuyersOrder & { outTradeNo: string };

async function anOpenPayment(): Promise<OpenPayment> {
  const order = await requireOrder(app().url, sku);
  expect((await pressPay(app().url, order)).status).toBe(200);
  return { ...order, outTradeNo: `${order.orderNo}P1` };
}

/** Orders that WeChat tells us are paid; each message is answered within the five seconds that WeChat waits. */
async function payInProcess(count: number): Promise<string[]> {
  const orders = [];
  for (let n = 0; n < count; n++) orders.push(await payableOrder(shop.shop, { sku }));
  const answers = await Promise.all(
    orders.map((order) =>
      notify(app().url, paymentNotification(shop.environment.wechat, order), AbortSignal.timeout(5_000)),
    ),
  );
  expect(answers.every(({ body }) => body.includes("SUCCESS"))).toBe(true);
  return orders.map((order) => order.orderNo);
}

async function statusOf({ orderNo }: BuyersOrder): Promise<string> {
  const [row] = await shop.shop.sql<
    { status: string }[]
  >`SELECT status FROM orders WHERE order_no = ${orderNo}`;
  return row?.status ?? "missing";
}

/** WeChat's own retry has been accepted, and what it brought is one message here, however often it came. */
async function expectDelivered({ outTradeNo }: OpenPayment): Promise<{ copies: number }> {
  await shop.sandbox.clock({ factor: 1_000 }); // The 15 s until it comes again are over now.
  await until(async () => (await shop.sandbox.order(outTradeNo)).notifications[0]?.status === "accepted");
  await shop.sandbox.clock({ factor: 1 });
  const [sent] = (await shop.sandbox.order(outTradeNo)).notifications;
  expect(sent?.tries).toBeGreaterThan(1);
  const stored = await shop.shop.sql<{ verdict: string; copies: number }[]>`
    SELECT verdict, copies FROM notifications WHERE out_trade_no = ${outTradeNo}`;
  expect(stored.map((message) => message.verdict)).toEqual(["paid"]);
  return { copies: stored[0]?.copies ?? 0 };
}

/** Pay is pressed again, and paid: all of it under the number that stood before the crash. */
async function expectSameNumber(order: BuyersOrder): Promise<void> {
  expect((await pressPay(app().url, order)).status).toBe(200);
  await shop.sandbox.pay({ outTradeNo: `${order.orderNo}P1` });
  const numbers = await shop.shop.sql<{ outTradeNo: string }[]>`
    SELECT out_trade_no AS "outTradeNo" FROM payments JOIN orders o ON o.id = order_id WHERE o.order_no = ${order.orderNo}`;
  expect([...numbers]).toEqual([{ outTradeNo: `${order.orderNo}P1` }]);
  await withWorker(() => expectPaidOnce([order.orderNo]));
}

async function expectPaidOnce(orderNos: string[]): Promise<void> {
  await followUpsDone(shop.shop.sql);
  expect(await notPaidExactlyOnce(shop.shop.sql, orderNos)).toEqual([]);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; !(await isSo()); await sleep(20)) {
    if (Date.now() > end) throw new Error("it did not come to that");
  }
}
