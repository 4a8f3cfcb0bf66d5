import { afterAll, beforeAll, expect, test } from "vitest";
import { raiseTokenTrouble } from "@/lib/access-tokens/token-trouble";
import { readCallbacks } from "@/lib/health/read-callbacks";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { moneyArrives } from "../../../support/a-refundable-order";
import { aShop, paymentNotification } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const hour = 3_600_000;
const later = (ms: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + ms);
};

async function notify(of: { outTradeNo: string; totalFen: number; apiKey?: string }) {
  const { wechat } = it.shop.environment;
  const body = Buffer.from(paymentNotification(wechat, of));
  const message = { body, headers: {}, address: "127.0.0.1" };
  await receivePaymentResult(it.shop, readPaymentResult(body, wechat), message);
}

test("a shop that nothing has reached yet says so, and is well", async () => {
  expect(await readCallbacks(it.shop)).toEqual({
    ...{ lastPaymentAt: null, asked: 0, verdicts: [], failing: [], workers: 0 },
    ...{
      oldestReportAt: null,
      oldestReportError: null,
      reportsRefused: 0,
      oldestOutboxAt: null,
      tokenTrouble: 0,
    },
  });
});

test("what came in is told by verdict for a day, and only what was signed is a sign of WeChat's", async () => {
  const order = await it.payableOrder({ totalFen: 100 });
  await notify(order);
  const came = it.clock.now;
  later(hour);
  await notify({ ...order, apiKey: "x".repeat(32) });

  expect(await readCallbacks(it.shop)).toMatchObject({
    lastPaymentAt: came,
    verdicts: [
      { verdict: "paid", count: 1 },
      { verdict: "forged", count: 1 },
    ],
  });
  later(23.5 * hour);
  expect((await readCallbacks(it.shop)).verdicts).toEqual([{ verdict: "forged", count: 1 }]);
  later(hour);
  expect(await readCallbacks(it.shop)).toMatchObject({ lastPaymentAt: came, verdicts: [] });
});

test("money that only a question brought to light is counted, once its message can be missed", async () => {
  const quick = await it.payableOrder({ totalFen: 100 });
  for (const order of [quick, await it.payableOrder({ totalFen: 100 })]) await moneyArrives(it.shop, order);
  await notify(quick); // The question was quicker, and the message came all the same.
  await notify(await it.payableOrder({ totalFen: 100 }));

  expect((await readCallbacks(it.shop)).asked).toBe(0);
  later(hour);
  expect((await readCallbacks(it.shop)).asked).toBe(1);
});

test("a job fails until it has gone well, and its order is named", async () => {
  const order = await it.payableOrder({ totalFen: 100 });
  await it.sql`SELECT graphile_worker.add_job('report_delivery', '{}')`;
  const inQueue = String((await it.sql`SELECT max(id) AS id FROM graphile_worker.jobs`)[0]?.id);
  const gone = "999999";
  const failed = (jobId: string, task: string, error: string) =>
    it.sql`INSERT INTO job_runs (job_id, task, order_id, attempt, started_at, ended_at, error)
      VALUES (${jobId}, ${task}, ${order.orderId}, 1, ${it.clock.now.toISOString()}, ${it.clock.now.toISOString()}, ${error})`;
  await failed(inQueue, "report_delivery", "time out");
  await failed(inQueue, "report_delivery", "refused");
  await failed(gone, "send_messages", "time out"); // It went well since: the queue has forgotten it.

  const { failing } = await readCallbacks(it.shop);

  expect([...failing]).toEqual([
    { task: "report_delivery", count: 2, lastError: "refused", orderNo: order.orderNo },
  ]);
  later(25 * hour);
  expect((await readCallbacks(it.shop)).failing).toHaveLength(0);
});

test("reports that are due, work that nobody takes, a live worker and a token's trouble are told", async () => {
  const reports =
    await it.sql`INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg, error_code, created_at)
    SELECT id, order_id, CASE WHEN row_number() OVER (ORDER BY id) = 1 THEN 'queued' ELSE 'refused' END, 1, 'ok', '45009', ${it.clock.now.toISOString()}
      FROM receipts ORDER BY id LIMIT 2 RETURNING id`;
  expect(reports).toHaveLength(2);
  await it.sql`DELETE FROM outbox`;
  await it.sql`INSERT INTO outbox (task, payload, created_at) VALUES ('ask_now', '{}', ${it.clock.now.toISOString()})`;
  await it.sql`INSERT INTO worker_leases (worker_id, lease_until) VALUES ('alive', now() + interval '1 minute'), ('dead', now() - interval '1 minute')`;
  await raiseTokenTrouble(it.shop.db, { appId: "wx1", error: { code: "40164", text: "not in whitelist" } });
  const at = it.clock.now;
  later(hour);

  expect(await readCallbacks(it.shop)).toMatchObject({
    ...{ oldestReportAt: at, oldestReportError: "45009", reportsRefused: 1 },
    ...{ oldestOutboxAt: at, workers: 1, tokenTrouble: 1 },
  });
});
