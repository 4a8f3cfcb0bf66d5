import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/notify/route";
import { settlePayment } from "@/lib/notifications/settle-payment";
import {
  aPayment,
  aShop,
  aTransactionId,
  type PayableOrder,
  paymentNotification,
  post,
} from "@/tests/support/a-shop";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const wechat = () => it.shop.environment.wechat;
const success =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
const notify = async (of: Parameters<typeof paymentNotification>[1]) =>
  (await POST(post(paymentNotification(wechat(), of)))).text();
const facts = (order: PayableOrder) => factsOf(it.sql, order.orderId);
const query = (order: PayableOrder, of: { transactionId: string; totalFen: number; feeType?: string }) =>
  settlePayment(
    it.shop,
    {
      source: "query",
      signType: wechat().signType,
      appId: wechat().appId,
      mchId: wechat().mchId,
      outTradeNo: order.outTradeNo,
      resultCode: "SUCCESS",
      transactionId: of.transactionId,
      totalFen: of.totalFen,
      feeType: of.feeType ?? null,
      openid: null,
      paidAt: it.clock.now,
    },
    null,
  );

describe("mismatch", () => {
  type Wrong = { what: string; totalFen: number; fields: Record<string, string> };
  test.each<Wrong>([
    { what: "one fen short", totalFen: 8799, fields: {} },
    { what: "one fen over", totalFen: 8801, fields: {} },
    { what: "in another currency", totalFen: 8800, fields: { fee_type: "USD" } },
  ])("money $what is kept, alarmed and answered FAIL; the order stays as it was", async (wrong) => {
    const order = await it.payableOrder({ totalFen: 8800 });

    const answers = [
      await notify({
        ...order,
        ...wrong,
        transactionId: `420000000000000000000000${wrong.totalFen}${wrong.fields.fee_type ? 1 : 0}`,
      }),
      await notify({
        ...order,
        ...wrong,
        transactionId: `420000000000000000000000${wrong.totalFen}${wrong.fields.fee_type ? 1 : 0}`,
      }),
    ];

    expect(answers[0]).toContain("<return_code><![CDATA[FAIL]]>");
    expect(answers[0]).toContain("another amount or currency than asked");
    expect(answers[1]).toBe(answers[0]);
    expect(await facts(order)).toMatchObject({
      order: { status: "pending", paidAt: null },
      payments: [{ status: "open", transactionId: null }],
      receipts: [{ verdict: "mismatch", totalFen: wrong.totalFen, feeType: wrong.fields.fee_type ?? "CNY" }],
      notifications: [{ verdict: "mismatch", answer: "FAIL", copies: 1 }],
      alarms: [{ kind: "mismatching_money", status: "open", count: 1 }],
      queued: [],
      moves: [],
      allocated: 1,
    });
  });

  test("a later notification with the asked amount sets it right", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId, totalFen: 1 });

    const answer = await notify({ ...order, transactionId });

    expect(answer).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", reason: "paid", totalFen: order.totalFen, transactionId }],
      notifications: [{ verdict: "mismatch" }, { verdict: "paid" }],
      alarms: [{ kind: "mismatching_money", status: "resolved" }],
      queued: ["order_paid"],
    });
  });

  test("a later query with the asked amount sets it right", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId, totalFen: 1 });

    const settlement = await query(order, { transactionId, totalFen: order.totalFen });

    expect(settlement).toMatchObject({ verdict: "paid", queued: true });
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", totalFen: order.totalFen, source: "query" }],
      alarms: [{ kind: "mismatching_money", status: "resolved" }],
      queued: ["order_paid"],
    });
  });

  test("what a query said outranks a notification: the asked amount in a message does not pay then", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await query(order, { transactionId, totalFen: 1 });

    const answer = await notify({ ...order, transactionId });

    expect(answer).toContain("FAIL");
    expect(await facts(order)).toMatchObject({
      order: { status: "pending" },
      receipts: [{ verdict: "mismatch", totalFen: 1, source: "query" }],
      notifications: [{ verdict: "mismatch", answer: "FAIL" }],
      alarms: [{ kind: "mismatching_money", count: 2 }],
      queued: [],
    });
  });

  test("a query may correct a query", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await query(order, { transactionId, totalFen: 1 });

    expect(await query(order, { transactionId, totalFen: order.totalFen })).toMatchObject({
      verdict: "paid",
    });
    expect((await facts(order)).receipts).toMatchObject([{ verdict: "settling", totalFen: order.totalFen }]);
  });

  test("a notification with another amount after the payment changes no receipt and leads the order nowhere", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId });
    const before = await facts(order);

    const answer = await notify({ ...order, transactionId, totalFen: order.totalFen - 1 });

    expect(answer).toContain("FAIL");
    expect(await facts(order)).toEqual({
      ...before,
      notifications: [before.notifications[0], { verdict: "mismatch", answer: "FAIL", copies: 0 }],
      alarms: [{ kind: "mismatching_money", status: "open", count: 1 }],
    });
  });

  test("a query with another amount after the payment corrects the receipt; the order stays paid", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId });

    const settlement = await query(order, { transactionId, totalFen: 7 });

    expect(settlement).toMatchObject({ verdict: "mismatch", queued: false });
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", totalFen: 7, source: "query" }],
      alarms: [{ kind: "mismatching_money" }],
      queued: ["order_paid"],
    });
  });

  test("a transaction that belongs to another number is refused and taken from nobody", async () => {
    const [first, second] = [await it.payableOrder(), await it.payableOrder()];
    const transactionId = aTransactionId();
    await notify({ ...first, transactionId });

    const answer = await notify({ ...second, transactionId });

    expect(answer).toContain("this transaction belongs to another out_trade_no");
    expect(await facts(first)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", transactionId }],
    });
    expect(await facts(second)).toMatchObject({
      order: { status: "pending" },
      receipts: [],
      notifications: [{ verdict: "mismatch", answer: "FAIL" }],
      alarms: [{ kind: "mismatching_money" }],
    });
  });

  test("one transaction told of two numbers at the same moment pays at most one of them", async () => {
    for (let round = 0; round < 20; round++) {
      const orders = [await it.payableOrder(), await it.payableOrder()];
      const transactionId = aTransactionId();

      await Promise.all(orders.map((order) => notify({ ...order, transactionId })));

      const after = await Promise.all(orders.map(facts));
      expect(after.flatMap(({ receipts }) => receipts)).toMatchObject([{ verdict: "settling" }]);
      expect(after.map(({ order }) => order.status).sort()).toEqual(["paid", "pending"]);
      for (const { order, receipts } of after) expect(order.status === "paid").toBe(receipts.length === 1);
      const told = after.flatMap(({ notifications }) => notifications.map(({ verdict }) => verdict));
      expect(told.sort()).toEqual(["mismatch", "paid"]);
    }
  });

  test("the asked amount in a second transaction pays an order whose first was a mismatch", async () => {
    const order = await it.payableOrder();
    await notify({ ...order, totalFen: 1 });

    expect(await notify(order)).toBe(success);
    expect((await facts(order)).receipts.map((receipt) => receipt.verdict)).toEqual(["mismatch", "settling"]);
  });

  test("money that is both late and wrong is a mismatch, not surplus", async () => {
    const order = await it.payableOrder();
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'expired' WHERE id = ${order.orderId}`;

    await notify({ ...order, totalFen: 1 });

    expect(await facts(order)).toMatchObject({
      order: { status: "closed" },
      receipts: [{ verdict: "mismatch" }],
    });
  });
});

describe("unknown number", () => {
  test("its money is kept and alarmed, answered FAIL, and settled by WeChat's retry once the number is known", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    const number = `${order.outTradeNo}X`;
    const unknown = { ...order, outTradeNo: number, transactionId };
    const answer = await notify(unknown);
    const [stored] = await it.sql`
      SELECT r.verdict, r.order_id, n.verdict AS told, n.answer, a.kind, a.status FROM receipts r
        JOIN notifications n USING (transaction_id) JOIN alarms a ON a.notification_id = n.id WHERE r.transaction_id = ${transactionId}`;
    await it.sql`UPDATE payments SET out_trade_no = ${number} WHERE order_id = ${order.orderId}`; // As if restored from a backup.

    const retried = await notify(unknown);

    expect(answer).toContain("no payment has this out_trade_no");
    expect(stored).toMatchObject({
      verdict: "unknown",
      order_id: null,
      told: "unknown",
      answer: "FAIL",
      kind: "unknown_money",
      status: "open",
    });
    expect(retried).toBe(success);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", transactionId }],
      notifications: [{ verdict: "paid", answer: "SUCCESS", copies: 1 }],
      queued: ["order_paid"],
    });
    const [alarm] =
      await it.sql`SELECT status FROM alarms WHERE dedupe_key = ${`unknown_money:${transactionId}`}`;
    expect(alarm?.status).toBe("resolved");
  });

  test("while it stays unknown, retries count and keep one receipt and one alarm", async () => {
    const of = { outTradeNo: "NOSUCHNUMBER1", totalFen: 5, transactionId: aTransactionId() };

    const answers = [await notify(of), await notify(of), await notify(of)];

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("FAIL");
    const [row] = await it.sql`
      SELECT (SELECT count(*)::int FROM receipts WHERE out_trade_no = 'NOSUCHNUMBER1') AS receipts, n.copies,
        (SELECT count(*)::int FROM alarms a WHERE a.dedupe_key LIKE '%' || n.transaction_id) AS alarms
      FROM notifications n WHERE n.out_trade_no = 'NOSUCHNUMBER1'`;
    expect(row).toEqual({ receipts: 1, copies: 2, alarms: 1 });
  });
});

describe("not ours", () => {
  test.each<{ what: string; fields: Record<string, string> }>([
    { what: "appid", fields: { appid: "wx0000000000000000" } },
    { what: "mch_id", fields: { mch_id: "1999999999" } },
  ])("another $what, signed with our key, is stored, alarmed and answered FAIL", async ({ fields }) => {
    const order = await it.payableOrder();

    const answer = await notify({ ...order, fields });

    expect(answer).toContain("appid or mch_id is not ours");
    expect(await facts(order)).toMatchObject({
      order: { status: "pending" },
      payments: [{ status: "open" }],
      receipts: [],
      notifications: [{ verdict: "not_ours", answer: "FAIL" }],
      alarms: [{ kind: "foreign_notification" }],
      queued: [],
    });
  });

  test("for an unknown number the settings decide: the official account and the mini program are ours", async () => {
    const said = async (fields: Record<string, string>) =>
      notify({ outTradeNo: "NOSUCHNUMBER2", totalFen: 5, fields });

    expect(await said({ appid: "wx0000000000000000" })).toContain("not ours");
    expect(await said({ appid: wechat().mini?.appId ?? "" })).toContain("no payment has this out_trade_no");
    expect(await said({ mch_id: "1999999999" })).toContain("not ours");
  });

  test("a payment is judged by its own appid, merchant and sign type after the settings have changed", async () => {
    const order = await it.payableOrder({ signType: "MD5" });
    const message = paymentNotification(wechat(), { ...order, signType: "MD5" });
    const { wechat: settings } = it.shop.environment;
    const before = { ...settings };
    Object.assign(settings, { appId: "wxffffffffffffffff", mini: null });

    const answer = await (await POST(post(message))).text();
    Object.assign(settings, before);

    expect(answer).toBe(success);
  });
});

describe("signature strength", () => {
  test("MD5 where the payment agreed on HMAC-SHA256 is stored, alarmed and answered FAIL", async () => {
    const order = await it.payableOrder({ signType: "HMAC-SHA256" });

    const answer = await notify({ ...order, signType: "MD5" });

    expect(answer).toContain("MD5 where HMAC-SHA256 is agreed");
    expect(await facts(order)).toMatchObject({
      order: { status: "pending" },
      receipts: [],
      notifications: [{ verdict: "weaker_signature", answer: "FAIL" }],
      alarms: [{ kind: "weaker_signature" }],
    });
  });

  test("a weaker copy does not become the answer of the true one that follows", async () => {
    const order = await it.payableOrder({ signType: "HMAC-SHA256" });
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId, signType: "MD5" });

    expect(await notify({ ...order, transactionId })).toBe(success);
    expect(await facts(order)).toMatchObject({ order: { status: "paid" } });
  });

  test("HMAC-SHA256 where MD5 was agreed is accepted", async () => {
    const order = await it.payableOrder({ signType: "MD5" });

    expect(await notify({ ...order, signType: "HMAC-SHA256" })).toBe(success);
  });
});

describe("a signed failure", () => {
  test("is stored and answered SUCCESS, and nothing is paid; the true result that follows pays", async () => {
    const order = await it.payableOrder();
    const fields = { result_code: "FAIL", err_code: "NOTENOUGH", transaction_id: "", total_fee: "" };

    const answer = await notify({ ...order, fields });
    const after = await facts(order);

    expect(answer).toBe(success);
    expect(after).toMatchObject({
      order: { status: "pending" },
      payments: [{ status: "open" }],
      receipts: [],
      notifications: [{ verdict: "not_paid", answer: "SUCCESS" }],
      alarms: [],
      queued: [],
    });
    expect(await notify(order)).toBe(success);
    expect((await facts(order)).order.status).toBe("paid");
  });

  test("after the payment it changes nothing", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify({ ...order, transactionId });
    const before = await facts(order);

    await notify({ ...order, transactionId, fields: { result_code: "FAIL" } });

    const after = await facts(order);
    expect(after.order).toEqual(before.order);
    expect(after.receipts).toEqual(before.receipts);
  });
});

test("surplus money told again with another amount by query is corrected, and refunded once", async () => {
  const order = await it.payableOrder();
  const second = { ...order, outTradeNo: await aPayment(it.shop, order) };
  const transactionId = aTransactionId();
  await notify(order);
  await notify({ ...second, transactionId });

  await query(second, { transactionId, totalFen: 3 });

  expect(await facts(order)).toMatchObject({
    receipts: [{ verdict: "settling" }, { verdict: "surplus", totalFen: 3 }],
    queued: ["order_paid", "surplus_received"],
  });
});
