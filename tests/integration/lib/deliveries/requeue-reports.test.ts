import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { requeueReports } from "@/lib/deliveries/requeue-reports";
import { aReportingShop, type OwingOrder, type ReportingShop } from "@/tests/support/a-reporting-shop";

let it: ReportingShop;
beforeAll(async () => {
  it = await aReportingShop();
});
beforeEach(() => it.calm());
afterAll(() => it.close());

const minute = 60_000;
const jobOf = async ({ receiptId }: OwingOrder) =>
  (
    await it.sql`SELECT attempts, max_attempts AS most FROM graphile_worker.jobs
      WHERE key = ${`report_delivery:${receiptId}`}`
  )[0];
const later = (ms: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + ms);
};

test.each<[string, (order: OwingOrder) => Promise<unknown>]>([
  [
    "the queue has given up",
    ({ receiptId }) =>
      it.sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${`report_delivery:${receiptId}`}`,
  ],
  ["is gone", () => it.sql`DELETE FROM graphile_worker._private_jobs`],
])("a report whose job %s goes out all the same", async (_what, lose) => {
  const order = await it.aShippedOrder();
  await lose(order);
  later(16 * minute);

  await requeueReports(it.shop);
  expect(await jobOf(order)).toEqual({ attempts: 0, most: 25 });
  await it.runAll();

  expect(await it.told(order)).toEqual(["1 ok ×1"]);
  expect(await it.owed(order)).toMatchObject({ status: "reported", jobInSeconds: null });
});

test("a report that has a job keeps it as it is, and what is not long due waits", async () => {
  const waiting = await it.aShippedOrder();
  const fresh = await it.aShippedOrder();
  await it.sql`DELETE FROM graphile_worker._private_jobs WHERE key = ${`report_delivery:${fresh.receiptId}`}`;
  later(14 * minute);
  const { jobInSeconds } = await it.owed(waiting);

  await requeueReports(it.shop);
  expect(await jobOf(fresh)).toBeUndefined();
  later(2 * minute);
  await requeueReports(it.shop);

  expect((await it.owed(waiting)).jobInSeconds).toBe((jobInSeconds ?? 0) - 120);
});

test("while only some parcels have left there is a job where parcels are told, and none where they are not", async () => {
  const order = await it.aPaidOrder({ app: "mini", quantities: [1, 1] });
  await it.ship(order, { lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] });
  await it.sql`DELETE FROM graphile_worker._private_jobs`;
  later(16 * minute);

  await requeueReports(it.shop);
  expect(await jobOf(order)).toBeUndefined();
  it.channel("shipping-info");
  await requeueReports(it.shop);

  expect(await jobOf(order)).toBeDefined();
});
