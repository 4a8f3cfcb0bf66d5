import { afterAll, beforeAll, expect, test } from "vitest";
import { listAlarms } from "@/lib/alarms/list-alarms";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { listMoney } from "@/lib/receipts/list-money";
import { countWork } from "@/lib/staff/count-work";
import { readPaymentResult } from "@/lib/wechat/payment-result";
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
  expect(await countWork(it.shop)).toEqual({
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
  const { alarms } = await listAlarms(it.shop, { state: "unresolved" });
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
