import { afterAll, beforeAll, expect, test } from "vitest";
import { listAlarms } from "@/lib/alarms/list-alarms";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { listOrders } from "@/lib/orders/list-orders";
import { allOrders } from "@/lib/orders/order-filter";
import { giveBackReceipt } from "@/lib/receipts/give-back-receipt";
import { listMoney } from "@/lib/receipts/list-money";
import { refundSurplus } from "@/lib/refunds/refund-surplus";
import { addStaff } from "@/lib/staff/add-staff";
import { countWork } from "@/lib/staff/count-work";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { aRefundableOrder, moneyArrives } from "../../../support/a-refundable-order";
import { aShop, aTransactionId, paymentNotification } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

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

  const { money, older } = await listMoney(it.shop, { verdict: null });

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
  expect((await listMoney(it.shop, { verdict: "surplus" })).money).toHaveLength(1);
  expect(await countWork(it.shop)).toMatchObject({
    pending: 1,
    toShip: 1,
    owed: 1,
    owedFen: 8800,
    undecided: 2,
    alarms: 4,
    badNotifications: 1,
  });

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

test("pages of money follow each other without a gap", async () => {
  await it.sql`INSERT INTO receipts (transaction_id, out_trade_no, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
    SELECT 'T' || n, 'X' || n, 'a', 'm', 1, 'CNY', 'unknown', 'query', now() FROM generate_series(1, 60) n`;

  const first = await listMoney(it.shop, { verdict: "unknown" });
  const second = await listMoney(it.shop, { verdict: "unknown", before: first.older ?? 0 });

  const ids = [...first.money, ...second.money]
    .map((row) => row.transactionId)
    .filter((id) => id.startsWith("T"));
  expect(ids).toEqual(Array.from({ length: 60 }, (_, n) => `T${60 - n}`));
  expect(second.older).toBeNull();
});

test("money that went back says how, is owed no more, and has a list of its own once all of it is gone", async () => {
  const order = await aRefundableOrder(it.shop, { items: [{ sku: (await it.aProduct()).sku, quantity: 1 }] });
  const before = await countWork(it.shop);
  const transactionId = await moneyArrives(it.shop, order); // The same number again: surplus.
  const [receipt] = await it.sql`SELECT id::int FROM receipts WHERE transaction_id = ${transactionId}`;
  const rowOf = async (done: boolean) =>
    (await listMoney(it.shop, { verdict: "surplus", done })).money.find((row) => row.id === receipt?.id);
  expect(await countWork(it.shop)).toMatchObject({
    owed: before.owed + 1,
    owedFen: before.owedFen + order.totalFen,
  });

  await refundSurplus(it.shop, receipt?.id);
  expect((await rowOf(false))?.refunds).toMatchObject([{ status: "approved", refundFen: order.totalFen }]);
  expect(await rowOf(true)).toBeUndefined();
  await it.sql`UPDATE refunds SET status = 'succeeded', settled_at = now() WHERE receipt_id = ${receipt?.id}`;

  expect(await rowOf(false)).toBeUndefined();
  expect((await rowOf(true))?.refunds).toMatchObject([{ status: "succeeded" }]);
  expect(await countWork(it.shop)).toMatchObject({ owed: before.owed, owedFen: before.owedFen });
  const listed = (await listOrders(it.shop, { ...allOrders, q: order.orderNo })).orders[0];
  expect(listed?.oweFen).toBe(0);
});

test("money that somebody gives back waits for nobody any more, until WeChat gives the refund up", async () => {
  const before = await countWork(it.shop);
  const transactionId = await moneyArrives(it.shop, { outTradeNo: "nobodys", totalFen: 700 });
  const [receipt] = await it.sql`SELECT id::int FROM receipts WHERE transaction_id = ${transactionId}`;
  const { id: staffId } = await addStaff(it.shop, { email: "m@shop.test", role: "owner" }, null);
  const undecided = async () => (await countWork(it.shop)).undecided - before.undecided;
  expect(await undecided()).toBe(1);

  const by = { staffId, address: "127.0.0.1" };
  const { refundNo } = await giveBackReceipt(it.shop, { receiptId: receipt?.id, by, note: "查无此单" });
  expect(await undecided()).toBe(0);
  await it.sql`UPDATE refunds SET status = 'closed' WHERE out_refund_no = ${refundNo}`;

  expect(await undecided()).toBe(1);
});
