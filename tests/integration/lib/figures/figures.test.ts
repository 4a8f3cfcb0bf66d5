import { afterAll, beforeAll, expect, test } from "vitest";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import { keepDays } from "@/lib/figures/keep-days";
import { readDays } from "@/lib/figures/read-days";
import { recordPayout } from "@/lib/refunds/record-payout";
import { changeSetting } from "@/lib/settings/change-setting";
import type { Person } from "@/lib/staff/person";
import { moneyArrives } from "../../../support/a-refundable-order";
import { aShop } from "../../../support/a-shop";
import { anOrderToShip, aPacker, shippedWhole } from "../../../support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
});
afterAll(() => it.close());

/** What is done from here on is done at this time, on the clocks of Beijing. */
const at = (text: string) => {
  it.clock.now = new Date(`${text}+08:00`);
};
const figuresOf = async (day: string) =>
  (await readDays(it.shop)).days.find((one) => one.day === day)?.figures;

/** Paid at its making, 100 yuan, shipped so many hours later. */
async function shippedAfter(hours: number, paidAt: string) {
  at(paidAt);
  const order = await anOrderToShip(it, { quantities: [1] });
  it.clock.now = new Date(it.clock.now.getTime() + hours * 3_600_000);
  return { order, deliveryId: await shippedWhole(it, order, by) };
}

async function refunded(receiptId: number, of: { fen: number; settledAt: string }) {
  await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen, refund_fen, reason, settled_at)
    SELECT id, order_id, ${`R${crypto.randomUUID().slice(0, 8)}`}, 'staff', 'succeeded', ${of.fen}, ${of.fen}, 'other',
      ${new Date(`${of.settledAt}+08:00`).toISOString()} FROM receipts WHERE id = ${receiptId}`;
}

test("a shop without orders has no figures, and nothing is counted for it", async () => {
  at("2026-11-20T12:00");
  await keepDays(it.shop);

  const { days, soFar, countedAt, isComplete } = await readDays(it.shop);

  expect(days).toHaveLength(30);
  expect(days.at(0)?.day).toBe("2026-10-22");
  expect(days.at(-1)).toEqual({ day: "2026-11-20", figures: null });
  expect({ soFar, countedAt, isComplete }).toEqual({
    soFar: { yesterday: null, weekAgo: null },
    countedAt: null,
    isComplete: true,
  });
});

test("each figure falls on the day of its own fact, by the shop's midnight", async () => {
  at("2026-11-24T23:59:59.500"); // Made on the 24th, paid on the 25th.
  const late = await it.payableOrder({ totalFen: 5000 });
  const expired = await it.payableOrder({ totalFen: 700 });
  await it.payableOrder({ totalFen: 900 }); // Waits for its payment still.
  at("2026-11-25T00:00");
  await moneyArrives(it.shop, late);
  await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'expired' WHERE id = ${expired.orderId}`;
  await moneyArrives(it.shop, late); // Once more: surplus pays no order and is in no figure.
  for (const [hours, paidAt] of [
    [1, "2026-11-25T08:00"],
    [2, "2026-11-25T09:00"],
    [4, "2026-11-25T10:00"],
    [9, "2026-11-25T11:00"],
  ] as const)
    await shippedAfter(hours, paidAt);
  at("2026-11-25T12:00");
  const unsent = await anOrderToShip(it, { quantities: [1] });
  await refunded(unsent.receiptId, { fen: 3000, settledAt: "2026-11-25T23:59:59.999" });
  await refunded(unsent.receiptId, { fen: 1000, settledAt: "2026-11-26T00:00" });

  at("2026-11-26T10:00");
  await keepDays(it.shop);

  const none = { refunds: 0, refundedFen: 0, shipped: 0, shipSeconds: null };
  expect(await figuresOf("2026-11-23")).toBeNull(); // Before the first order there is nothing to count.
  expect(await figuresOf("2026-11-24")).toEqual({
    ...{ orders: 3, decided: 2, converted: 1, paid: 0, paidFen: 0 },
    ...none,
  });
  expect(await figuresOf("2026-11-25")).toEqual({
    ...{ orders: 5, decided: 5, converted: 5, paid: 6, paidFen: 55_000 },
    ...{ refunds: 1, refundedFen: 3000 },
    ...{ shipped: 4, shipSeconds: 3 * 3600 }, // Between two and four hours.
  });
  expect(await figuresOf("2026-11-26")).toEqual({
    ...{ orders: 0, decided: 0, converted: 0, paid: 0, paidFen: 0, ...none },
    ...{ refunds: 1, refundedFen: 1000 },
  });
});

test("a past day follows what is learnt of it later, and today is compared as far as it has come", async () => {
  at("2026-11-26T11:00");
  const { deliveryId } = await shippedAfter(0, "2026-11-26T11:00");
  expect(await figuresOf("2026-11-26")).toMatchObject({ orders: 1, shipped: 1, shipSeconds: 0 });
  await voidDelivery(it.shop, { deliveryId, by });
  expect(await figuresOf("2026-11-26")).toMatchObject({ paid: 1, shipped: 0, shipSeconds: null });

  at("2026-11-27T10:59");
  expect((await readDays(it.shop)).soFar.yesterday).toMatchObject({ orders: 0, refunds: 1 });
  at("2026-11-27T11:01");
  const days = await readDays(it.shop);
  expect(days.soFar).toMatchObject({ yesterday: { orders: 1, paid: 1 }, weekAgo: null });
  expect(days).toMatchObject({ isComplete: true, countedAt: new Date("2026-11-26T10:00+08:00") });
  expect(await figuresOf("2026-11-26")).toMatchObject({ orders: 1 }); // Nobody has kept yesterday yet.

  await keepDays(it.shop);
  const late = await it.payableOrder({ totalFen: 4200 });
  at("2026-11-26T23:00"); // WeChat's word about yesterday comes today.
  await moneyArrives(it.shop, late);
  at("2026-11-27T12:00");
  await keepDays(it.shop);

  expect(await figuresOf("2026-11-26")).toMatchObject({ orders: 1, paid: 2, paidFen: 10_000 + 4200 });
  expect((await readDays(it.shop)).countedAt).toEqual(it.clock.now);
});

test("money paid back by hand counts on the day that somebody paid it", async () => {
  const [receipt] =
    await it.sql`SELECT id::int FROM receipts WHERE verdict = 'settling' ORDER BY id DESC LIMIT 1`;
  await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen, refund_fen, reason)
    SELECT id, order_id, 'RHAND', 'staff', 'manual', 200, 200, 'other' FROM receipts WHERE id = ${receipt?.id}`;
  at("2026-11-27T12:10");

  const paidAt = new Date("2026-11-27T12:05+08:00");
  await recordPayout(it.shop, {
    refundNo: "RHAND",
    by,
    method: "cash",
    reference: null,
    note: "现金",
    paidAt,
  });

  expect(await figuresOf("2026-11-27")).toMatchObject({ refunds: 1, refundedFen: 200 });
});

test("another time zone has days of its own, and those of the one before go", async () => {
  await changeSetting(it.shop, {
    key: "timeZone",
    value: "America/New_York",
    ...{ staffId: by.staffId, address: "" },
  });

  const uncounted = await readDays(it.shop);
  expect(uncounted.days.at(-1)?.day).toBe("2026-11-26");
  expect(uncounted).toMatchObject({ isComplete: false, countedAt: null });
  await keepDays(it.shop);

  const [kept] =
    await it.sql`SELECT count(*) FILTER (WHERE time_zone = 'Asia/Shanghai')::int AS old, count(*)::int AS kept FROM day_figures`;
  expect(kept?.old).toBe(0);
  // 23:59:59.5 in Beijing is in the forenoon of the same day there: made and paid on one day.
  expect(await figuresOf("2026-11-24")).toMatchObject({ orders: 3 + 5, paid: 1 + 5 });
});
