import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { POST as push } from "@/app/api/wechat/push/route";
import { describeEvent } from "@/lib/orders/describe-event";
import { readTimeline } from "@/lib/orders/read-timeline";
import { signPush } from "@/lib/wechat/push-crypto";
import {
  aShop,
  aTransactionId,
  type PayableOrder,
  paymentNotification,
  post,
  testWechat,
} from "@/tests/support/a-shop";
import { anAlarm, sayAlarm } from "@/tests/support/an-alarm";

let it: Awaited<ReturnType<typeof aShop>>;
const token = "pushtoken";
beforeAll(async () => {
  it = await aShop({ wechat: { push: { token, encodingAesKey: null } } });
});
beforeEach(() => it.sql`TRUNCATE alarms, notifications, outbox CASCADE`);
afterAll(() => it.close());

type PaidOrder = PayableOrder & { transactionId: string };

async function paidOrder(): Promise<PaidOrder> {
  const order = await it.payableOrder();
  const transactionId = aTransactionId();
  await notify(post(paymentNotification(testWechat, { ...order, transactionId })));
  return { ...order, transactionId };
}

const alarms = () => it.sql`
  SELECT a.source, a.kind, a.status, a.count, a.resolved_by, a.facts, array_remove(array_agg(ao.order_id::int ORDER BY ao.order_id), NULL) AS orders
    FROM alarms a LEFT JOIN alarm_orders ao ON ao.alarm_id = a.id GROUP BY a.id ORDER BY a.id`;

async function reported({ transactionId }: PaidOrder, at: Date): Promise<void> {
  await it.sql`INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg, reported_at)
    SELECT id, order_id, 'reported', 1, 'ok', ${at.toISOString()} FROM receipts WHERE transaction_id = ${transactionId}`;
}
const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));

describe("an alarm is tied to the order that it names", () => {
  test.each([
    ["by transaction_id", (of: PaidOrder) => ({ AlarmContent: `transaction_id=${of.transactionId}` })],
    ["by out_trade_no", (of: PaidOrder) => ({ AlarmContent: `out_trade_no=${of.outTradeNo}` })],
    ["by our order number", (of: PaidOrder) => ({ AlarmContent: `订单号：${of.orderNo}。` })],
    ["by both", (of: PaidOrder) => ({ AlarmContent: `${of.transactionId},${of.outTradeNo}` })],
    [
      "in the description",
      (of: PaidOrder) => ({ AlarmContent: "", Description: `超时 ${of.transactionId}` }),
    ],
  ])("%s", async (_how, fields) => {
    const order = await paidOrder();

    await sayAlarm(anAlarm(fields(order)));

    expect(await alarms()).toMatchObject([{ kind: "1001", status: "open", orders: [order.orderId] }]);
    const [message] = await it.sql`SELECT order_id::int FROM notifications WHERE kind = 'alarm'`;
    expect(message?.order_id).toBe(order.orderId);
  });

  test("and to each of several, whatever else stands between", async () => {
    const orders = [await paidOrder(), await paidOrder(), await paidOrder()];
    const content = orders
      .map((order) => `x=1;transaction_id=${order.transactionId};${"9".repeat(28)}`)
      .join("\n");

    await sayAlarm(anAlarm({ AlarmContent: content }));

    expect(await alarms()).toMatchObject([{ orders: orders.map(({ orderId }) => orderId) }]);
  });

  test("and stands in the timeline of each", async () => {
    const orders = [await paidOrder(), await paidOrder()];

    await sayAlarm(anAlarm({ AlarmContent: orders.map(({ outTradeNo }) => outTradeNo).join() }));

    for (const { orderId } of orders) {
      const told = (await readTimeline(it.shop, orderId)).filter(({ kind }) => kind === "alarm");
      expect(told.map(describeEvent)).toEqual([["alarm 1001", "wechat", "open"]]);
    }
  });

  test("and to none when the numbers are nobody's, or SQL", async () => {
    await sayAlarm(anAlarm({ AlarmContent: "4200000000202604010000000001 ' OR 1=1 -- %' {}" }));

    expect(await alarms()).toMatchObject([{ status: "open", orders: [] }]);
  });
});

describe("an alarm 1001 and the report that WeChat has", () => {
  const said = new Date("2026-11-20T04:00:00Z");

  test.each([
    ["taken in the second in which it was raised", 0, "resolved"],
    ["taken an hour after it was raised", 3600, "resolved"],
    ["taken a second before it was raised", -1, "open"],
  ])("%s", async (_when, later, status) => {
    const order = await paidOrder();
    const reportedAt = new Date(said.getTime() + later * 1000);
    await reported(order, reportedAt);

    await sayAlarm(anAlarm({ AlarmContent: order.transactionId, TimeStamp: seconds(said) }));

    const [alarm] = await alarms();
    expect(alarm).toMatchObject({ status, resolved_by: null, orders: [order.orderId] });
    expect(new Date(alarm?.facts.reportedAt)).toEqual(reportedAt);
  });

  test("of two orders both must be reported", async () => {
    const [one, other] = [await paidOrder(), await paidOrder()];
    await reported(one, new Date(said.getTime() + 1000));
    const content = `${one.transactionId} ${other.transactionId}`;
    await sayAlarm(anAlarm({ AlarmContent: content, TimeStamp: seconds(said) }));
    const before = await alarms();

    await reported(other, new Date(said.getTime() + 1000));
    await it.sql`SELECT resolve_alarms_of_order(${other.orderId}, 'wechat', ARRAY['1001'], now())`;

    expect(before).toMatchObject([{ status: "open" }]);
    expect(await alarms()).toMatchObject([{ status: "resolved" }]);
  });

  test("another type is not over because of a report", async () => {
    const order = await paidOrder();
    await reported(order, new Date());

    await sayAlarm(anAlarm({ ErrorType: "1002", AlarmContent: order.transactionId, TimeStamp: "1" }));

    expect(await alarms()).toMatchObject([{ kind: "1002", status: "open" }]);
  });

  test("that arrive at the same moment see each other, whoever is first", async () => {
    for (let round = 0; round < 10; round++) {
      const order = await paidOrder();
      const report = it.sql.begin(async (tx) => {
        await tx`SELECT 1 FROM orders WHERE id = ${order.orderId} FOR NO KEY UPDATE`;
        await tx`INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg, reported_at)
          SELECT id, order_id, 'reported', 1, 'ok', now() FROM receipts WHERE transaction_id = ${order.transactionId}`;
        await tx`SELECT resolve_alarms_of_order(${order.orderId}, 'wechat', ARRAY['1001'], now())`;
      });

      await Promise.all([report, sayAlarm(anAlarm({ AlarmContent: order.transactionId }))]);
    }

    expect((await alarms()).map(({ status }) => status)).toEqual(Array(10).fill("resolved"));
  });
});

describe("a pushed reminder to ship", () => {
  const remind = (fields: Record<string, string | number>) => {
    const query = new URLSearchParams({ timestamp: "1", nonce: "2", signature: signPush([token, "1", "2"]) });
    const body = JSON.stringify({
      ...{ ToUserName: "gh_1", FromUserName: "o1", CreateTime: 1_764_000_000, MsgType: "event" },
      ...{ Event: "trade_manage_remind_shipping", merchant_id: testWechat.mchId, msg: "请尽快上传发货信息" },
      ...fields,
    });
    return push(new Request(`http://shop.test/api/wechat/push?${query}`, { method: "POST", body }));
  };

  test("is WeChat's alarm about its order; a copy is counted, another order's in the same second is not one", async () => {
    const [one, other] = [await paidOrder(), await paidOrder()];

    const answers = [
      await remind({ transaction_id: one.transactionId, merchant_trade_no: one.outTradeNo }),
      await remind({ transaction_id: one.transactionId, merchant_trade_no: one.outTradeNo }),
      await remind({ transaction_id: other.transactionId }),
    ];

    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(Array(3).fill("success"));
    const same = { source: "wechat", kind: "trade_manage_remind_shipping", status: "open", count: 1 };
    expect(await alarms()).toMatchObject([
      {
        ...same,
        orders: [one.orderId],
        facts: { transactionId: one.transactionId, description: "请尽快上传发货信息" },
      },
      { ...same, orders: [other.orderId] },
    ]);
    expect(await it.sql`SELECT copies FROM notifications WHERE kind = 'push' ORDER BY id`).toEqual([
      { copies: 1 },
      { copies: 0 },
    ]);
  });

  test("counts up when WeChat reminds again, and is over once the report was taken", async () => {
    const order = await paidOrder();
    await remind({ transaction_id: order.transactionId });
    await remind({ transaction_id: order.transactionId, CreateTime: 1_764_086_400 });
    const before = await alarms();

    await reported(order, new Date(1_764_172_800_000));
    await remind({ transaction_id: order.transactionId, CreateTime: 1_764_172_800 });

    expect(before).toMatchObject([{ status: "open", count: 2 }]);
    expect(await alarms()).toMatchObject([{ status: "resolved", count: 3 }]);
  });

  test("with texts that no row can hold is kept all the same", async () => {
    const answer = await remind({ transaction_id: "1\u0000", msg: "\u0000\ud800" });

    expect(answer.status).toBe(200);
    expect(await alarms()).toHaveLength(1);
  });
});
