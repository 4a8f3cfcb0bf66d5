import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuyersOrder, cancel, look, notify, pressPay, requireOrder } from "@/tests/support/a-buyer";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aProduct, payableOrder, paymentNotification } from "@/tests/support/a-shop";
import { behindGate } from "@/tests/support/gate";
import { followUpsDone, notPaidExactlyOnce } from "@/tests/support/paid-once";
import { countOverlaps, watchSettlements } from "@/tests/support/settle-spans";

/** Two app processes and a worker on one database; every round has an order of its own. */
const rounds = Array.from({ length: 100 }, (_, n) => n);
const leastOverlaps = 20;

let shop: RunningShop;
let sku: string;
let one: string;
let other: string;

beforeAll(async () => {
  shop = await aRunningShop({ apps: 2 });
  await watchSettlements(shop.shop.sql);
  sku = (await aProduct(shop.shop, { onHand: 100_000 })).sku;
  [one = "", other = ""] = shop.apps.map((app) => app.url);
});

afterAll(() => shop?.stop());

test("fifty copies of a notification, at once at two apps, pay the order once", async () => {
  const paid = [];
  for (const _ of rounds) {
    const order = await payableOrder(shop.shop, { sku });
    const message = paymentNotification(shop.environment.wechat, order);

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => notify(n % 2 ? one : other, message)),
    );

    expect(new Set(answers.map((answer) => answer.body))).toEqual(new Set([success]));
    paid.push(order);
  }
  await expectPaidOnce(paid.map((order) => order.orderNo));
  const copies = await shop.shop.sql`
    SELECT DISTINCT verdict, copies, count(*) OVER (PARTITION BY out_trade_no)::int AS rows FROM notifications
      WHERE out_trade_no = ANY(${paid.map((order) => order.outTradeNo)})`;
  expect([...copies]).toEqual([{ verdict: "paid", copies: 49, rows: 1 }]);
  await expectOverlaps(paid.map((order) => order.outTradeNo));
});

test("a notification and an order query that find the same money pay the order once", async () => {
  const paid: string[] = [];
  for (const n of rounds) {
    const order = await payAtSandboxUnheard();
    await letQueryBeDue(order);
    const tellUs = () => notify(one, order.message);
    const askWechat = () => look(other, order); // It has the worker ask.

    // In half of the rounds both meet at the order's row, now one first and now the other; the rest run as they may.
    const inTurn = n % 4 === 1 ? behindGate(shop.shop.sql, order.orderNo, [tellUs, askWechat]) : null;
    const inOtherTurn = n % 4 === 3 ? behindGate(shop.shop.sql, order.orderNo, [askWechat, tellUs]) : null;
    await (inTurn ?? inOtherTurn ?? Promise.all([askWechat(), sleep(n / 3).then(tellUs)]));
    paid.push(order.orderNo);
  }
  await expectPaidOnce(paid);
  const sources = await shop.shop
    .sql`SELECT DISTINCT r.source FROM receipts r JOIN orders o ON o.id = r.order_id
    WHERE o.order_no = ANY(${paid}) ORDER BY r.source`;
  expect([...sources]).toEqual([{ source: "notification" }, { source: "query" }]); // Each came first at times.
  await expectOverlaps(paid.map((orderNo) => `${orderNo}P1`));
});

test("a notification that overtakes the answer to unifiedorder pays the order once", async () => {
  const paid: string[] = [];
  for (const n of rounds) {
    const order = await requireOrder(one, sku);
    const outTradeNo = `${order.orderNo}P1`;

    // Half of the rounds the answer waits for the notification; the rest it is merely slow, and they race.
    if (n % 2) await shop.sandbox.fault({ call: "unifiedorder", kind: "reorder", outTradeNo });
    else
      await shop.sandbox.fault({
        call: "unifiedorder",
        kind: "slow",
        outTradeNo,
        options: { delayMs: 20 + n / 2 },
      });
    const [answer] = await Promise.all([pressPay(one, order), n % 2 ? null : payAsSoonAsKnown(outTradeNo)]);

    expect([200, 409]).toContain(answer.status);
    if (answer.status === 409) expect(answer.body.code).toBe("already_paid");
    paid.push(order.orderNo);
  }
  await expectPaidOnce(paid);
  // A payment that was paid before it was open: the notification had been settled while the answer was on its way.
  const [overtaken] = await shop.shop.sql<{ count: number }[]>`
    SELECT count(*)::int FROM transitions t JOIN orders o ON o.id = t.order_id
      WHERE o.order_no = ANY(${paid}) AND t.entity = 'payment' AND t.event = 'pay' AND t.from_status = 'created'`;
  expect(overtaken?.count).toBeGreaterThanOrEqual(leastOverlaps);
});

test("pay pressed twice at two apps is one payment, paid once", async () => {
  const paid: string[] = [];
  for (const n of rounds) {
    const order = await requireOrder(one, sku);
    const outTradeNo = `${order.orderNo}P1`;
    const slowly = {
      call: "unifiedorder",
      kind: "slow",
      outTradeNo,
      times: 2,
      options: { delayMs: 30 },
    } as const;
    if (n % 2) await shop.sandbox.fault(slowly);

    const answers = await Promise.all([pressPay(one, order), pressPay(other, order)]);

    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    await shop.sandbox.pay({ outTradeNo });
    paid.push(order.orderNo);
  }
  await expectPaidOnce(paid);
  const attempts = await shop.shop.sql`
    SELECT DISTINCT count(*)::int FROM payments p JOIN orders o ON o.id = p.order_id WHERE o.order_no = ANY(${paid})
      GROUP BY o.id`;
  expect([...attempts]).toEqual([{ count: 1 }]);
  // Two calls to WeChat for one number, the second begun before the first was answered.
  const [overlapped] = await shop.shop.sql<{ count: number }[]>`
    SELECT count(DISTINCT a.payment_id)::int FROM wechat_calls a
      JOIN wechat_calls b ON b.payment_id = a.payment_id AND b.id > a.id AND b.call = a.call
      JOIN orders o ON o.id = a.order_id
      WHERE o.order_no = ANY(${paid}) AND a.call = 'unifiedorder'
        AND b.started_at < a.started_at + a.took_ms * interval '1 ms'
        AND a.started_at < b.started_at + b.took_ms * interval '1 ms'`;
  expect(overlapped?.count).toBeGreaterThanOrEqual(leastOverlaps);
});

describe("cancelling", () => {
  test("against a notification: the money wins, once", async () => {
    const paid: string[] = [];
    const met: string[][] = [];
    const answers: number[] = [];
    for (const n of rounds) {
      const order = await payAtSandboxUnheard();
      const giveUp = () => cancel(one, order).then((answer) => void answers.push(answer.status));
      const tellUs = () => notify(other, order.message).then(() => {});

      const { waited } = await behindGate(
        shop.shop.sql,
        order.orderNo,
        n % 2 ? [giveUp, tellUs] : [tellUs, giveUp],
      );

      met.push(waited);
      paid.push(order.orderNo);
    }
    await expectPaidOnce(paid);
    expect(new Set(answers)).toEqual(new Set([200, 409])); // Sometimes it was cancelled first, sometimes paid.
    expectMet(met);
  });

  test("against pressing pay: never closed with a number that WeChat could still take money for", async () => {
    const met: string[][] = [];
    const orders: string[] = [];
    for (const n of rounds) {
      const order = await requireOrder(one, sku);
      const giveUp = () => cancel(one, order);
      const press = () => pressPay(other, order);

      const { result, waited } = await behindGate(
        shop.shop.sql,
        order.orderNo,
        n % 2 ? [giveUp, press] : [press, giveUp],
      );

      const [cancelled, pressed] = n % 2 ? result : result.toReversed();
      expect(cancelled?.status).toBe(200);
      if (pressed?.status !== 200) expect(pressed?.body.code).toBe("order_closed");
      met.push(waited);
      orders.push(order.orderNo);
    }
    const outcomes = await shop.shop.sql`
      SELECT DISTINCT o.status, count(p.id)::int AS payments FROM orders o LEFT JOIN payments p ON p.order_id = o.id
        WHERE o.order_no = ANY(${orders}) GROUP BY o.id ORDER BY o.status`;
    expect([...outcomes]).toEqual([
      { status: "closed", payments: 0 },
      { status: "closing", payments: 1 },
    ]);
    expectMet(met);
  });
});

/** Two processes seen waiting for the same order's row at one moment, by the database itself. */
function expectMet(met: string[][]): void {
  expect(met.filter((waited) => waited.length > 1).length).toBeGreaterThanOrEqual(leastOverlaps);
}

const success =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

async function expectPaidOnce(orderNos: string[]): Promise<void> {
  await followUpsDone(shop.shop.sql);
  expect(await notPaidExactlyOnce(shop.shop.sql, orderNos)).toEqual([]);
}

async function expectOverlaps(outTradeNos: string[]): Promise<void> {
  expect(await countOverlaps(shop.shop.sql, outTradeNos)).toBeGreaterThanOrEqual(leastOverlaps);
}

/** WeChat has the money and its notification got lost; `message` is what it would have said. */
async function payAtSandboxUnheard(): Promise<BuyersOrder & { outTradeNo: string; message: string }> {
  const order = await requireOrder(one, sku);
  await pressPay(one, order);
  const outTradeNo = `${order.orderNo}P1`;
  const paid = await shop.sandbox.pay({ outTradeNo, drops: 16 });
  return { ...order, outTradeNo, message: paid.order.notifications[0]?.body ?? "" };
}

/** An order that is looked at asks WeChat at most every five seconds: let the last time be long ago. */
async function letQueryBeDue({ outTradeNo }: { outTradeNo: string }): Promise<void> {
  await shop.shop.sql`UPDATE payments SET created_at = created_at - interval '1 minute', queried_at = NULL
    WHERE out_trade_no = ${outTradeNo}`;
}

async function payAsSoonAsKnown(outTradeNo: string): Promise<void> {
  for (const end = Date.now() + 5_000; Date.now() < end; await sleep(1)) {
    const known = await shop.sandbox.order(outTradeNo).catch(() => null);
    if (known) return void (await shop.sandbox.pay({ outTradeNo }));
  }
  throw new Error(`${outTradeNo} did not reach the sandbox`);
}
