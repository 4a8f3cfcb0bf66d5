import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { runWorker } from "@/lib/jobs/run-worker";
import { aRunningClock } from "@/tests/support/a-running-clock";
import { aShop, type PayableOrder, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
const workers: { stop: () => Promise<void> }[] = [];
const startWorker = async () => {
  const worker = await runWorker(it.shop);
  workers.push(worker);
  return worker;
};
const stopWorkers = async () => {
  for (const worker of workers.splice(0)) await worker.stop();
};

beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterEach(stopWorkers);
afterAll(() => it.close());

const pay = (order: PayableOrder) =>
  POST(
    post(
      paymentNotification(it.shop.environment.wechat, {
        ...order,
        transactionId: `4200${order.outTradeNo.replace(/\D/g, "")}`,
      }),
    ),
  );
const runsOf = (orderId: number, task = "order_paid") =>
  it.sql`SELECT attempt, ended_at IS NOT NULL AS ended, error FROM job_runs WHERE order_id = ${orderId} AND task = ${task}`;

async function eventually<T>(
  look: () => Promise<T>,
  isThere: (found: T) => boolean,
  patienceMs = 60_000,
): Promise<T> {
  for (const end = Date.now() + patienceMs; ; await sleep(30)) {
    const found = await look();
    if (isThere(found) || Date.now() > end) return found;
  }
}

test("a payment's follow-up runs once, is remembered, and open desks hear of it", async () => {
  const order = await it.payableOrder();
  const heard: string[] = [];
  const { unlisten } = await it.sql.listen("zhanggui_desk", (text) => heard.push(text));
  await startWorker();

  await pay(order);
  await pay(order); // A copy.

  const runs = await eventually(
    () => runsOf(order.orderId),
    (rows) => rows.some((row) => row.ended),
  );
  await sleep(300);
  await unlisten();
  expect(runs).toEqual([{ attempt: 1, ended: true, error: null }]);
  expect(await runsOf(order.orderId)).toHaveLength(1);
  expect(heard.map((text) => JSON.parse(text))).toEqual([{ type: "order_paid", orderNo: order.orderNo }]);
});

test("two workers share the work of forty payments: each follow-up once", async () => {
  const orders = await Promise.all(Array.from({ length: 40 }, () => it.payableOrder()));
  await Promise.all([startWorker(), startWorker()]);

  await Promise.all(orders.map(pay));

  const ids = orders.map(({ orderId }) => orderId);
  const count = () =>
    it.sql`SELECT count(*)::int AS runs, count(DISTINCT order_id)::int AS orders FROM job_runs WHERE order_id = ANY(${ids}) AND task = 'order_paid'`;
  await eventually(count, ([row]) => row?.orders === 40);
  await sleep(300);
  expect(await count()).toEqual([{ runs: 40, orders: 40 }]);
});

test("with no worker a payment is answered and waits; a worker that starts later finds it", async () => {
  const order = await it.payableOrder();
  const answer = await (await pay(order)).text();
  const before = await runsOf(order.orderId);

  await startWorker();

  const runs = await eventually(
    () => runsOf(order.orderId),
    (rows) => rows.length > 0,
  );
  expect(answer).toContain("SUCCESS");
  expect(before).toHaveLength(0);
  expect(runs).toHaveLength(1);
});

test("a nudge that is lost costs a second or two, not the follow-up", async () => {
  await startWorker();
  const order = await it.payableOrder();
  await sleep(200);

  await it.sql`INSERT INTO outbox (task, payload) VALUES ('order_paid', ${JSON.stringify({ orderId: order.orderId, receiptId: 1 })}::text::jsonb)`;

  const runs = await eventually(
    () => runsOf(order.orderId),
    (rows) => rows.length > 0,
    4000,
  );
  expect(runs).toHaveLength(1);
});

test("a deadline that passed while no worker ran is told as soon as one starts", async () => {
  const order = await aRunningClock(it.shop, { leftHours: -1 });

  await startWorker();

  const alarms = await eventually(
    () => it.sql`SELECT kind FROM alarms WHERE facts->>'orderNo' = ${order.orderNo}`,
    (rows) => rows.length > 0,
  );
  expect(alarms.map(({ kind }) => kind)).toEqual(["deadline_missed"]);
});

test("the queue's own jobs run too: an order that is past its time is closed without anybody asking", async () => {
  const { sku } = await it.aProduct({ onHand: 3 });
  const { createOrder } = await import("@/lib/orders/create-order");
  const now = it.clock.now;
  it.clock.now = new Date(now.getTime() - 31 * 60_000); // It was made half an hour ago.
  const request = { items: [{ sku, quantity: 2 }] };
  const { orderId } = await createOrder(it.shop, { buyer: null, request, idempotencyKey: null });
  it.clock.now = now;

  await startWorker();

  const look = () =>
    it.sql`SELECT o.status, v.allocated FROM orders o, variants v WHERE o.id = ${orderId} AND v.sku = ${sku}`;
  expect(await eventually(look, ([row]) => row?.status === "closed")).toEqual([
    { status: "closed", allocated: 0 },
  ]);
});

/** A job as a worker that was killed leaves it: handed out, never finished. */
async function aJobOf(workerId: string, of: { lease: "run out" | "live" | "none"; heldForS: number }) {
  const order = await it.payableOrder();
  const [job] = await it.sql`
    SELECT id FROM graphile_worker.add_job('order_paid', ${JSON.stringify({ orderId: order.orderId, receiptId: 1 })}::json)`;
  await it.sql`UPDATE graphile_worker._private_jobs SET locked_by = ${workerId}, locked_at = now() - ${of.heldForS} * interval '1 second',
    attempts = 1 WHERE id = ${job?.id}`;
  if (of.lease !== "none")
    await it.sql`INSERT INTO worker_leases (worker_id, lease_until) VALUES (${workerId}, now() + ${of.lease === "live" ? 60 : -1} * interval '1 second')`;
  return order;
}

test("a killed worker's jobs run again once its lease has run out, also when it was killed before its first lease", async () => {
  const withLease = await aJobOf("killed-1", { lease: "run out", heldForS: 20 });
  const without = await aJobOf("killed-2", { lease: "none", heldForS: 60 });
  const alive = await aJobOf("alive-1", { lease: "live", heldForS: 60 });
  const fresh = await aJobOf("fresh-1", { lease: "none", heldForS: 1 });

  await startWorker();

  for (const order of [withLease, without]) {
    const runs = await eventually(
      () => runsOf(order.orderId),
      (rows) => rows.some((row) => row.ended),
    );
    expect(runs).toEqual([{ attempt: 2, ended: true, error: null }]);
  }
  expect(await runsOf(alive.orderId)).toHaveLength(0);
  expect(await runsOf(fresh.orderId)).toHaveLength(0);
});

test("a running worker holds leases and hands them back when it stops", async () => {
  const count = async () =>
    Number(
      (await it.sql`SELECT count(*)::int AS n FROM worker_leases WHERE worker_id LIKE 'worker-%'`)[0]?.n,
    );
  await startWorker();

  const running = await eventually(count, (leases) => leases > 0);
  await stopWorkers();

  expect(running).toBeGreaterThan(0);
  expect(await count()).toBe(0);
});

test("a job that fails is remembered with its reason and tried again; failed for good it raises an alarm", async () => {
  const order = await it.payableOrder();
  await startWorker();

  await it.sql`SELECT graphile_worker.add_job('query_payment', ${JSON.stringify({ orderId: order.orderId, paymentId: "13800138000" })}::json, max_attempts := 1)`;

  const alarms = () =>
    it.sql`SELECT status, count, facts FROM alarms WHERE dedupe_key = 'job_failed:query_payment'`;
  const [alarm] = await eventually(alarms, (rows) => rows.length > 0);
  expect(alarm).toMatchObject({ status: "open", count: 1, facts: { task: "query_payment", attempts: 1 } });
  const [run] = await runsOf(order.orderId, "query_payment");
  expect(run).toMatchObject({ ended: true });
  expect(run?.error).toBeTruthy();
});

test("an unknown task waits for a worker that knows it", async () => {
  await it.sql`SELECT graphile_worker.add_job('of_a_later_version', '{}'::json)`;
  const order = await it.payableOrder();
  await startWorker();
  await pay(order);

  await eventually(
    () => runsOf(order.orderId),
    (rows) => rows.length > 0,
  );

  const [row] =
    await it.sql`SELECT attempts FROM graphile_worker.jobs WHERE task_identifier = 'of_a_later_version'`;
  expect(row?.attempts).toBe(0);
});
