import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aProduct } from "@/tests/support/a-shop";
import { behindGate } from "@/tests/support/gate";
import {
  anAcceptedRefund,
  anApprovedRefund,
  anAskedRefund,
  anOrderPaidAtWechat,
  type PaidOrder,
  type Refund,
} from "@/tests/support/refund-at-wechat";
import { askRefund, notifyRefund, withdraw } from "@/tests/support/refund-calls";
import { type RefundProcess, startRefundProcess } from "@/tests/support/refund-process";
import { deadlocks, historiesOf, overdrawnReceipts } from "@/tests/support/refunded-once";

/**
 * Two app processes and two more, in which staff decide or the worker's jobs run, on one database; every round has an
 * order of its own. No worker runs, so that what it would be told to do can be counted.
 */
const rounds = 100;
const mostMissed = 10; // Of the eighty at the gate: on a busy machine a racer may come too late to be seen waiting.
const totalFen = 8800;

let shop: RunningShop;
let one: string;
let other: string;
let her: RefundProcess;
let him: RefundProcess;
let lin: Person;
let wei: Person;

beforeAll(async () => {
  shop = await aRunningShop({ apps: 2, worker: false });
  [one = "", other = ""] = shop.apps.map((app) => app.url);
  [her, him] = await Promise.all([
    startRefundProcess(shop, { name: "her" }),
    startRefundProcess(shop, { name: "him" }),
  ]);
  [lin, wei] = await Promise.all([aPerson("lin@shop.test"), aPerson("wei@shop.test")]);
  await shop.sandbox.refundSettings({ settleMs: null });
});

afterEach(async () => {
  const serverErrors = shop.apps.flatMap((app) =>
    app
      .log()
      .split("\n")
      .filter((line) => line.includes('"level":50')),
  );
  expect({ deadlocks: await deadlocks(shop.shop.sql), serverErrors }).toEqual({
    deadlocks: 0,
    serverErrors: [],
  });
});

afterAll(async () => {
  await Promise.all([her?.stop(), him?.stop()]);
  await shop?.stop();
});

test("two of the staff approve one request: the second is told that it is decided", async () => {
  const refunds = await prepare((order) => anAskedRefund(shop.shop, order, totalFen));

  const answers = await race(refunds, (refund) => [
    () => her.call({ verb: "approve", of: { refundNo: refund.refundNo, by: lin } }),
    () => him.call({ verb: "approve", of: { refundNo: refund.refundNo, by: wei } }),
  ]);

  expect(answers).toEqual(["409 refund_decided, approved", "approved, 409 refund_decided"]);
  expect(await histories(refunds)).toEqual([
    { status: "approved", moves: "request approve", audit: "refund.approve", sends: 1 },
  ]);
});

test("a request is approved and withdrawn: the second is told that it is decided", async () => {
  const refunds = await prepare((order) => anAskedRefund(shop.shop, order, totalFen));

  const answers = await race(refunds, (refund) => [
    () => her.call({ verb: "approve", of: { refundNo: refund.refundNo, by: lin } }),
    () => withdraw(one, refund),
  ]);

  expect(answers).toEqual(["409 refund_decided, 200", "approved, 409 refund_decided"]);
  expect(await histories(refunds)).toEqual([
    { status: "approved", moves: "request approve", audit: "refund.approve", sends: 1 },
    { status: "withdrawn", moves: "request withdraw", audit: "", sends: 0 },
  ]);
});

test("two requests that together exceed the payment: one is taken, the other refused", async () => {
  const orders = await prepare((order) => Promise.resolve({ order }));

  const answers = await race(orders, ({ order }) => [
    async () => (await askRefund(one, order, { refundFen: 5000 })).outcome,
    async () => (await askRefund(other, order, { refundFen: 5000 })).outcome,
  ]);

  expect(answers).toEqual(["201, 422 refund_exceeds_payment", "422 refund_exceeds_payment, 201"]);
  await expectNothingOverdrawn();
});

test("so do a buyer and one of the staff for her: one is taken, the other refused", async () => {
  const half = { refundFen: 5000, reason: "unwanted" as const, reasonText: null, lines: [], pictures: [] };
  const orders = await prepare((order) => Promise.resolve({ order }));

  const answers = await race(orders, ({ order }) => [
    async () => (await askRefund(one, order, { refundFen: 5000 })).outcome,
    () =>
      him.call({
        verb: "request",
        of: { by: wei, request: { ...half, orderNo: order.orderNo }, idempotencyKey: null },
      }),
  ]);

  expect(answers).toEqual(["201, 422 refund_exceeds_payment", "422 refund_exceeds_payment, requested"]);
  await expectNothingOverdrawn();
});

test("a notification and a query tell of the same refund: it succeeds once", async () => {
  const refunds = await prepare(async (order) => {
    const refund = await anAcceptedRefund(shop.shop, order, { refundFen: totalFen, by: lin });
    return { ...refund, message: await settleUnheard(refund) };
  });

  const answers = await race(refunds, (refund) => [
    () => notifyRefund(one, refund.message),
    () => her.call({ verb: "climb", of: { refundId: refund.refundId } }),
  ]);

  expect(answers).toEqual([`${success}, done`]);
  expect(await histories(refunds)).toEqual([
    {
      status: "succeeded",
      moves: "request approve send accept succeed",
      audit: "refund.approve",
      sends: 0, // The next try, which stood before WeChat was asked, is taken out of the queue.
    },
  ]);
  const numbers = refunds.map(({ order }) => order.orderNo);
  const outcomes = await shop.shop.sql`
    SELECT DISTINCT t.actor, o.status, o.closed_reason, v.allocated, v.on_hand FROM orders o
      JOIN transitions t ON t.order_id = o.id AND t.entity = 'order' AND t.event = 'refund'
      JOIN order_lines l ON l.order_id = o.id JOIN variants v ON v.id = l.variant_id
      WHERE o.order_no = ANY(${numbers}) ORDER BY t.actor`;
  const closed = { status: "closed", closed_reason: "refunded", allocated: 0, on_hand: 1 };
  expect([...outcomes]).toEqual([
    { actor: "wechat:notification", ...closed },
    { actor: "wechat:query", ...closed },
  ]);
});

test("two workers send the same refund: WeChat is asked once", async () => {
  const refunds = await prepare((order) =>
    anApprovedRefund(shop.shop, order, { refundFen: totalFen, by: lin }),
  );

  const answers = await race(refunds, ({ refundId }) => [
    () => her.call({ verb: "send", of: { refundId } }),
    () => him.call({ verb: "send", of: { refundId } }),
  ]);

  expect(answers).toEqual(["done, done"]);
  expect(await histories(refunds)).toEqual([
    { status: "accepted", moves: "request approve send accept", audit: "refund.approve", sends: 0 },
  ]);
  for (const { order, refundNo } of refunds)
    expect(await shop.sandbox.refunds(order.outTradeNo)).toMatchObject([
      { outRefundNo: refundNo, asked: 1, executed: 1 },
    ]);
});

test("two workers send two refunds of one payment: one is on its way, the other waits a minute", async () => {
  const refunds = await prepare(async (order) => {
    const first = await anApprovedRefund(shop.shop, order, { refundFen: 5000, by: lin });
    return { ...first, second: await anApprovedRefund(shop.shop, order, { refundFen: 3800, by: lin }) };
  });

  const answers = await race(refunds, ({ refundId, second }) => [
    () => her.call({ verb: "send", of: { refundId } }),
    () => him.call({ verb: "send", of: { refundId: second.refundId } }),
  ]);

  expect(answers).toEqual(["done, done"]);
  expect(await histories([...refunds, ...refunds.map(({ second }) => second)])).toEqual([
    { status: "approved", moves: "request approve", audit: "refund.approve", sends: 1 },
    { status: "accepted", moves: "request approve send accept", audit: "refund.approve", sends: 0 },
  ]);
  for (const { order } of refunds)
    expect(await shop.sandbox.refunds(order.outTradeNo)).toMatchObject([{ asked: 1, executed: 1 }]);
  const [soonest] = await shop.shop.sql`
    SELECT min(extract(epoch FROM j.run_at - g.last_sent_at))::float AS gap FROM refunds f
      JOIN graphile_worker.jobs j ON j.key = 'send_refund:' || f.id
      JOIN refunds g ON g.receipt_id = f.receipt_id AND g.status = 'accepted'
      WHERE f.status = 'approved' AND f.out_refund_no = ANY(${refunds.flatMap((one) => [one.refundNo, one.second.refundNo])})`;
  expect(soonest?.gap).toBeGreaterThanOrEqual(60);
});

test("a refund succeeds while another of its payment is approved: both do, and nobody waits in a circle", async () => {
  const refunds = await prepare(async (order) => {
    const first = await anAcceptedRefund(shop.shop, order, { refundFen: 5000, by: lin });
    const message = await settleUnheard(first);
    return { ...first, message, second: await anAskedRefund(shop.shop, order, 3800) };
  });

  const answers = await race(refunds, ({ message, second }) => [
    () => notifyRefund(one, message),
    () => him.call({ verb: "approve", of: { refundNo: second.refundNo, by: wei } }),
  ]);

  expect(answers).toEqual([`${success}, approved`]);
  expect(await histories([...refunds, ...refunds.map(({ second }) => second)])).toEqual([
    { status: "approved", moves: "request approve", audit: "refund.approve", sends: 1 },
    {
      status: "succeeded",
      moves: "request approve send accept succeed",
      audit: "refund.approve",
      sends: 0,
    },
  ]);
  await expectNothingOverdrawn();
});

const success =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

async function aPerson(email: string): Promise<Person> {
  const { id } = await addStaff(shop.shop, { email, role: "finance" }, null);
  return { staffId: id, address: "127.0.0.1" };
}

/** An order for every round, paid, and what the race needs of it; a few at a time. */
async function prepare<T>(make: (order: PaidOrder) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  const some = async () => {
    while (made.length < rounds) {
      const place = made.push(undefined as T) - 1;
      const { sku } = await aProduct(shop.shop, { onHand: 1, priceFen: totalFen });
      made[place] = await make(await anOrderPaidAtWechat(shop.shop, { sandbox: shop.sandbox, sku }));
    }
  };
  await Promise.all(Array.from({ length: 6 }, some));
  return made;
}

/**
 * Runs two racers at every order and answers the different ways it ended. Four times of five both meet at the order's
 * row, seen there by the database at one moment, now one ahead and now the other; the rest run as they may.
 */
async function race<T extends { order: PaidOrder }>(
  entrants: T[],
  racers: (entrant: T) => [() => Promise<string>, () => Promise<string>],
): Promise<string[]> {
  const outcomes = new Set<string>();
  let missed = 0;
  for (const [n, entrant] of entrants.entries()) {
    const [a, b] = racers(entrant);
    if (n % 5 === 4) {
      outcomes.add((await Promise.all([a(), b()])).join(", "));
      continue;
    }
    const { result, waited } = await behindGate(
      shop.shop.sql,
      entrant.order.orderNo,
      n % 2 ? [b, a] : [a, b],
    );
    outcomes.add((n % 2 ? result.toReversed() : result).join(", "));
    if (waited.length < 2) missed++;
    expect(missed).toBeLessThanOrEqual(mostMissed);
  }
  return [...outcomes].sort();
}

const histories = (refunds: Pick<Refund, "refundNo">[]) =>
  historiesOf(
    shop.shop.sql,
    refunds.map(({ refundNo }) => refundNo),
  );

async function expectNothingOverdrawn(): Promise<void> {
  expect(await overdrawnReceipts(shop.shop.sql)).toEqual([]);
}

/** WeChat has paid it back and its notification got lost; answered is what it would have said. */
async function settleUnheard({ refundNo, order }: Refund): Promise<string> {
  await shop.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", drops: 16 });
  const { notifications } = await shop.sandbox.order(order.outTradeNo);
  return notifications.find(({ kind }) => kind === "refund")?.body ?? "";
}
