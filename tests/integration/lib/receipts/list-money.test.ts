import { afterAll, beforeAll, expect, test } from "vitest";
import { listAlarms } from "@/lib/alarms/list-alarms";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { settlePayment } from "@/lib/notifications/settle-payment";
import { listOrders } from "@/lib/orders/list-orders";
import { allOrders } from "@/lib/orders/order-filter";
import { giveBackReceipt } from "@/lib/receipts/give-back-receipt";
import { listMoney } from "@/lib/receipts/list-money";
import type { MoneyFilter } from "@/lib/receipts/money-filter";
import { countMoney, sumMoney } from "@/lib/receipts/sum-money";
import { tieReceipt } from "@/lib/receipts/tie-receipt";
import { refundSurplus } from "@/lib/refunds/refund-surplus";
import { addStaff } from "@/lib/staff/add-staff";
import { countWork } from "@/lib/staff/count-work";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { aRefundableOrder, moneyArrives } from "../../../support/a-refundable-order";
import { aShop, aTransactionId, paymentNotification } from "../../../support/a-shop";
import { paidBackByWechat } from "../../../support/paid-back";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const waiting: MoneyFilter = { state: "waiting", verdict: null };
const surplus: MoneyFilter = { state: "waiting", verdict: "surplus" };
const idOf = async (transactionId: string) =>
  Number((await it.sql`SELECT id FROM receipts WHERE transaction_id = ${transactionId}`)[0]?.id);

/** What WeChat answers when it is asked about a transaction that it told of before. */
async function moneyCorrected(of: { outTradeNo: string; transactionId: string; totalFen: number }) {
  const { appId, mchId, signType } = it.shop.environment.wechat;
  const told = { source: "query", resultCode: "SUCCESS", feeType: "CNY", openid: null } as const;
  await settlePayment(it.shop, { ...told, ...of, signType, appId, mchId, paidAt: it.clock.now }, null);
}

async function notify(of: { outTradeNo: string; totalFen: number; apiKey?: string }) {
  const { wechat } = it.shop.environment;
  const body = Buffer.from(paymentNotification(wechat, { ...of, transactionId: aTransactionId() }));
  await receivePaymentResult(it.shop, readPaymentResult(body, wechat), {
    body,
    headers: {},
    address: "127.0.0.1",
  });
}

test("money that settles nothing is listed with why and to whom, and counted with alarms and bad notifications", async () => {
  const twice = await it.payableOrder({ totalFen: 8800 });
  await notify(twice);
  await notify(twice);
  const short = await it.payableOrder({ totalFen: 5000 });
  await notify({ ...short, totalFen: 4999 });
  await notify({ outTradeNo: "26112122000012345678P1", totalFen: 100 });
  await notify({ ...short, apiKey: "x".repeat(32) });

  const { money, older } = await listMoney(it.shop, waiting);

  expect(older).toBeNull();
  expect(money).toMatchObject([
    {
      verdict: "unknown",
      reason: "unknown",
      orderNo: null,
      askedFen: null,
      totalFen: 100,
      payer: "oUpF＊＊＊＊eS6o",
    },
    { verdict: "mismatch", reason: "mismatch", orderNo: short.orderNo, askedFen: 5000, totalFen: 4999 },
    {
      verdict: "surplus",
      reason: "second_transaction",
      orderNo: twice.orderNo,
      askedFen: 8800,
      totalFen: 8800,
    },
  ]);
  expect((await listMoney(it.shop, { ...waiting, verdict: "surplus" })).money).toHaveLength(1);
  expect(await countMoney(it.shop)).toEqual({ waiting: 3, toDecide: 2, done: 0 });
  const all = { count: 3, totalFen: 13_899, leftFen: 13_899, foreign: 0 };
  expect(await sumMoney(it.shop, waiting)).toEqual(all);
  expect(await countWork(it.shop)).toMatchObject({ toShip: 1, alarms: 4, badNotifications: 1 });

  const forged = await listNotifications(it.shop, { verdicts: ["forged", "failed"], kind: "payment" });
  expect(forged.notifications).toMatchObject([{ verdict: "forged", orderNo: null }]);
  const { alarms } = await listAlarms(it.shop, { state: "open" });
  expect(alarms.map((alarm) => alarm.kind)).toEqual([
    "forged_notification",
    "unknown_money",
    "mismatching_money",
    "second_transaction",
  ]);
  expect((await listAlarms(it.shop, { state: "resolved" })).alarms).toEqual([]);
});

test("pages of money follow each other without a gap, and a part of it is not summed", async () => {
  await it.sql`INSERT INTO receipts (transaction_id, out_trade_no, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
    SELECT 'T' || n, 'X' || n, 'a', 'm', 1, CASE WHEN n = 1 THEN 'USD' ELSE 'CNY' END, 'unknown', 'query', '2026-01-01T00:00+08'::timestamptz + n * interval '1 hour'
      FROM generate_series(1, 60) n`;
  const unknown = { ...waiting, verdict: "unknown" as const };

  const first = await listMoney(it.shop, unknown);
  const second = await listMoney(it.shop, { ...unknown, before: first.older ?? 0 });
  const day = { from: new Date("2026-01-01T00:00+08:00"), to: new Date("2026-01-02T00:00+08:00") };

  const ids = [...first.money, ...second.money]
    .map((row) => row.transactionId)
    .filter((id) => id.startsWith("T"));
  expect(ids).toEqual(Array.from({ length: 60 }, (_, n) => `T${60 - n}`));
  expect(second.older).toBeNull();
  // Twenty-three hours of that day; the first is in dollars.
  expect(await sumMoney(it.shop, { ...unknown, ...day })).toEqual({
    count: 23,
    totalFen: 22,
    leftFen: 22,
    foreign: 1,
  });
  await it.sql`INSERT INTO receipts (transaction_id, out_trade_no, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
    SELECT 'M' || n, 'M' || n, 'a', 'm', 1, 'CNY', 'unknown', 'query', now() FROM generate_series(1, 1000) n`;
  expect(await sumMoney(it.shop, unknown)).toMatchObject({ count: 1000, totalFen: null, leftFen: null });
  await it.sql`DELETE FROM receipts WHERE appid = 'a'`;
});

test("money that went back says how, and is over; a correction of WeChat's opens it again", async () => {
  const order = await aRefundableOrder(it.shop, { items: [{ sku: (await it.aProduct()).sku, quantity: 1 }] });
  const before = await sumMoney(it.shop, surplus);
  const transactionId = await moneyArrives(it.shop, order); // The same number again: surplus.
  const receiptId = await idOf(transactionId);
  const rowOf = async (state: "waiting" | "done") =>
    (await listMoney(it.shop, { ...surplus, state })).money.find((row) => row.id === receiptId);
  const owedMore = async () => {
    const after = await sumMoney(it.shop, surplus);
    return [after.count - before.count, (after.leftFen ?? 0) - (before.leftFen ?? 0)];
  };
  expect(await owedMore()).toEqual([1, order.totalFen]);

  await refundSurplus(it.shop, receiptId);
  const [refund] = (await rowOf("waiting"))?.refunds ?? [];
  expect(refund).toMatchObject({
    status: "approved",
    source: "shop",
    decider: null,
    refundFen: order.totalFen,
  });
  expect(await rowOf("done")).toBeUndefined();
  await paidBackByWechat(it.shop, { ...order, transactionId }, refund?.outRefundNo ?? "");

  expect(await rowOf("waiting")).toBeUndefined();
  const done = await rowOf("done");
  expect(done?.refunds).toMatchObject([{ status: "succeeded", settledAt: it.clock.now }]);
  expect(done?.concludedAt).toEqual(it.clock.now);
  expect(await owedMore()).toEqual([0, 0]);
  const found = await listMoney(it.shop, { ...waiting, number: order.orderNo });
  expect(found.money.map(({ verdict }) => verdict)).toEqual(["surplus", "settling"]);

  const listed = await listOrders(it.shop, { ...allOrders, q: order.orderNo });
  expect(listed.orders).toMatchObject([{ oweFen: 0 }]);

  const told = { ...order, transactionId, totalFen: order.totalFen + 100 }; // A query outranks what we were told.
  await moneyCorrected(told);
  expect(await rowOf("done")).toBeUndefined();
  expect(await owedMore()).toEqual([1, 100]);
});

test("money that somebody gives back waits for nobody any more, until WeChat gives the refund up", async () => {
  const before = await countMoney(it.shop);
  const transactionId = await moneyArrives(it.shop, { outTradeNo: "nobodys", totalFen: 700 });
  const receiptId = await idOf(transactionId);
  const { id: staffId } = await addStaff(it.shop, { email: "m@shop.test", role: "owner" }, null);
  const undecided = async () => (await countMoney(it.shop)).toDecide - before.toDecide;
  expect(await undecided()).toBe(1);
  expect((await listMoney(it.shop, { ...waiting, number: "nobodys" })).money).toMatchObject([
    { transactionId },
  ]);

  const by = { staffId, address: "127.0.0.1" };
  const { refundNo } = await giveBackReceipt(it.shop, { receiptId, by, note: "查无此单" });
  expect(await undecided()).toBe(0);
  await it.sql`UPDATE refunds SET status = 'closed' WHERE out_refund_no = ${refundNo}`;

  expect(await undecided()).toBe(1);
});

test("money that somebody ties to an order is over, with who said so", async () => {
  const order = await it.payableOrder({ totalFen: 5000 });
  const transactionId = await moneyArrives(it.shop, { outTradeNo: order.outTradeNo, totalFen: 4999 });
  const { id: staffId } = await addStaff(
    it.shop,
    { email: "t@shop.test", role: "finance", name: "韩梅梅" },
    null,
  );

  const receiptId = await idOf(transactionId);
  await tieReceipt(it.shop, {
    receiptId,
    orderNo: order.orderNo,
    by: { staffId, address: "" },
    note: "少收一分",
  });

  const { money } = await listMoney(it.shop, { state: "done", verdict: "settling" });
  expect(money).toMatchObject([{ transactionId, orderNo: order.orderNo, tiedBy: "韩梅梅", reason: "paid" }]);
});

test("notifications are found by their numbers and by their time, copies and sender told", async () => {
  const start = it.clock.now;
  const order = await it.payableOrder({ totalFen: 100 });
  it.clock.now = new Date(start.getTime() + 48 * 3_600_000);
  await notify(order);
  const all = { verdicts: null, kind: null };
  const hour = 3_600_000;
  const around = (from: number, to: number) =>
    listNotifications(it.shop, {
      ...all,
      from: new Date(it.clock.now.getTime() + from),
      to: new Date(it.clock.now.getTime() + to),
    });

  const [found] = (await listNotifications(it.shop, { ...all, number: order.outTradeNo })).notifications;
  expect(found).toMatchObject({ orderNo: order.orderNo, verdict: "paid", address: "127.0.0.1" });
  for (const number of [order.orderNo, found?.transactionId ?? ""])
    expect((await listNotifications(it.shop, { ...all, number })).notifications).toEqual([found]);
  expect((await around(0, 1)).notifications).toEqual([found]);
  expect((await around(-hour, 0)).notifications).toEqual([]);
  expect((await around(1, hour)).notifications).toEqual([]);
  expect((await around(-100 * hour, -hour)).notifications.length).toBeGreaterThan(3);
});
