import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/notify-receiver";
import { type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call, readFields, signAgain } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await sandbox.clock({ reset: true });
  await receiver.stop();
});

async function order(fields: Record<string, string | undefined> = {}, signType?: string) {
  const whole = anOrder({ notify_url: receiver.url, ...fields });
  const answer = await call(sandbox, "/pay/unifiedorder", whole, { signType });
  expect(answer.result_code).toBe("SUCCESS");
  return whole.out_trade_no ?? "";
}
const fail = { body: "<xml><return_code><![CDATA[FAIL]]></return_code></xml>" };
const rightly = (body: string, signType = "HMAC-SHA256") => {
  const fields = readFields(body);
  return fields.sign === signAgain(fields, sandbox.merchant.apiKey, signType);
};

describe("a payment's notification", () => {
  test("has WeChat's headers and fields and the order's signature, and is accepted once", async () => {
    const outTradeNo = await order({ attach: "shop=1", device_info: "WEB" });

    const paid = await sandbox.pay({ outTradeNo });

    expect(receiver.received).toHaveLength(1);
    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
    expect(headers).toMatchObject({ "user-agent": "Mozilla/4.0", "content-type": "text/xml", accept: "*/*" });
    expect(readFields(body)).toMatchObject({
      return_code: "SUCCESS",
      result_code: "SUCCESS",
      appid: sandbox.merchant.appId,
      mch_id: sandbox.merchant.mchId,
      out_trade_no: outTradeNo,
      transaction_id: paid.transactionIds[0],
      total_fee: "8800",
      cash_fee: "8800",
      fee_type: "CNY",
      trade_type: "NATIVE",
      attach: "shop=1",
      device_info: "WEB",
      bank_type: "OTHERS",
      is_subscribe: "N",
    });
    expect(readFields(body).time_end).toMatch(/^[0-9]{14}$/);
    expect(rightly(body)).toBe(true);
    expect(paid.order.notifications[0]).toMatchObject({ status: "accepted", tries: 1, nextAt: null });
  });

  test("of an MD5 order is signed with MD5", async () => {
    const outTradeNo = await order({}, "MD5");

    await sandbox.pay({ outTradeNo });

    expect(rightly(receiver.received[0]?.body ?? "", "MD5")).toBe(true);
  });

  test("with a coupon keeps its identities", async () => {
    const outTradeNo = await order();

    await sandbox.pay({ outTradeNo, couponFen: 300 });

    const fields = readFields(receiver.received[0]?.body ?? "");
    expect(Number(fields.cash_fee) + Number(fields.coupon_fee)).toBe(Number(fields.total_fee));
    expect(fields).toMatchObject({
      total_fee: "8800",
      settlement_total_fee: "8500",
      coupon_type_0: "NO_CASH",
    });
  });

  const notAccepted = [
    ["FAIL", fail],
    ["HTTP 500 with the right words", { status: 500 }],
    ["HTTP 201 with the right words", { status: 201 }],
    [
      "a blank before the answer",
      {
        body: " <xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>",
      },
    ],
    [
      "a BOM before the answer",
      {
        body: "\ufeff<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>",
      },
    ],
    ["the bare word of the 2014 protocol", { body: "success" }],
    ["JSON", { body: '{"code":"SUCCESS"}' }],
  ] as const;
  test.each(notAccepted)("answered with %s comes again", async (_, reply) => {
    const outTradeNo = await order();
    receiver.replies.push({ ...reply });

    const paid = await sandbox.pay({ outTradeNo });

    expect(paid.order.notifications[0]).toMatchObject({ status: "waiting", tries: 1 });
    await sandbox.clock({ advanceMs: 15_000 });
    await receiver.waitFor(2);
  });

  test("answered too late comes again, after five seconds of patience", async () => {
    const outTradeNo = await order();
    receiver.replies.push({ afterMs: 5_600 });

    const paid = await sandbox.pay({ outTradeNo });

    const [attempt] = paid.order.notifications[0]?.attempts ?? [];
    expect(attempt).toMatchObject({ outcome: "timeout", httpStatus: null });
    expect(attempt?.tookMs).toBeGreaterThanOrEqual(4_900);
    expect(attempt?.tookMs).toBeLessThan(6_500);
  });

  test("that nobody takes is tried sixteen times on WeChat's schedule, then never again", async () => {
    const outTradeNo = await order();
    receiver.replies.push(...Array.from({ length: 16 }, () => ({ ...fail })));
    await sandbox.clock({ factor: 20_000 }); // 15 s become 0.75 ms, 6 h 1.08 s: 4.3 s in all.

    await sandbox.pay({ outTradeNo, wait: false });
    await receiver.waitFor(16);
    await new Promise((resolve) => setTimeout(resolve, 100));

    const [notification] = (await sandbox.order(outTradeNo)).notifications;
    expect(notification).toMatchObject({ status: "given_up", tries: 16, nextAt: null });
    expect(notification?.attempts).toHaveLength(16);
    const times = receiver.received.map((one) => one.at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    const wanted = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];
    wanted.forEach((seconds, index) => {
      const scaled = seconds / 20;
      expect(gaps[index]).toBeGreaterThanOrEqual(scaled - 2);
      expect(gaps[index]).toBeLessThan(scaled + 600);
    });
    expect(new Set(receiver.received.map((one) => one.body)).size).toBe(1);
  });
});

describe("a notification that goes wrong on demand", () => {
  test("forged: another key's signature, no money, no second try", async () => {
    const outTradeNo = await order();
    receiver.replies.push({ ...fail });

    const claimed = await sandbox.pay({ outTradeNo, claim: "forged" });

    expect(rightly(receiver.received[0]?.body ?? "")).toBe(false);
    expect(readFields(receiver.received[0]?.body ?? "").sign).toHaveLength(64);
    expect(claimed.transactionIds).toEqual([]);
    expect(claimed.order).toMatchObject({ tradeState: "NOTPAY", transactions: [] });
    expect(claimed.order.notifications[0]?.status).toBe("given_up");
  });

  test("forged while the money is real: the query tells the truth", async () => {
    const outTradeNo = await order();

    const paid = await sandbox.pay({ outTradeNo, claim: "forged", money: true });

    expect(rightly(receiver.received[0]?.body ?? "")).toBe(false);
    expect(paid.order.tradeState).toBe("SUCCESS");
  });

  test("weaker: MD5 with the right key for an HMAC order; an MD5 order has nothing weaker", async () => {
    const outTradeNo = await order();
    const md5Order = await order({}, "MD5");

    await sandbox.pay({ outTradeNo, claim: "weaker" });

    expect(rightly(receiver.received[0]?.body ?? "", "MD5")).toBe(true);
    await expect(sandbox.pay({ outTradeNo: md5Order, claim: "weaker" })).rejects.toThrow("no weaker");
  });

  test("foreign: somebody else's appid or merchant, properly signed", async () => {
    const outTradeNo = await order();

    await sandbox.pay({ outTradeNo, claim: "foreign-app" });
    await sandbox.pay({ outTradeNo, claim: "foreign-mch" });

    const [app, mch] = receiver.received.map((one) => readFields(one.body));
    expect(app?.appid).not.toBe(sandbox.merchant.appId);
    expect(mch?.mch_id).not.toBe(sandbox.merchant.mchId);
    expect(receiver.received.every((one) => rightly(one.body))).toBe(true);
  });

  test("failed: a signed result_code=FAIL without money", async () => {
    const outTradeNo = await order();

    const paid = await sandbox.pay({ outTradeNo, claim: "fail" });

    expect(readFields(receiver.received[0]?.body ?? "")).toMatchObject({
      result_code: "FAIL",
      err_code: "PAYERROR",
    });
    expect(paid.order.tradeState).toBe("NOTPAY");
  });

  test("wrong amount: really taken, or only told", async () => {
    const taken = await order();
    const told = await order();

    await sandbox.pay({ outTradeNo: taken, amountFen: 1 });
    await sandbox.pay({ outTradeNo: told, notifyAmountFen: 1, currency: "USD" });

    const [first, second] = receiver.received.map((one) => readFields(one.body));
    expect(first?.total_fee).toBe("1");
    expect((await sandbox.order(taken)).transactions[0]?.totalFen).toBe(1);
    expect(second).toMatchObject({ total_fee: "1", fee_type: "USD" });
    expect((await sandbox.order(told)).transactions[0]?.totalFen).toBe(8800);
  });

  test("twice: two transactions of one number, each with its notification", async () => {
    const outTradeNo = await order();

    const paid = await sandbox.pay({ outTradeNo, twice: true });

    const told = receiver.received.map((one) => readFields(one.body).transaction_id);
    expect(new Set(told).size).toBe(2);
    expect(new Set(told)).toEqual(new Set(paid.transactionIds));
    expect(paid.order.transactions).toHaveLength(2);
  });

  test("copies: the same bytes at once, one transaction", async () => {
    const outTradeNo = await order();

    const paid = await sandbox.pay({ outTradeNo, copies: 50 });

    expect(receiver.received).toHaveLength(50);
    expect(new Set(receiver.received.map((one) => one.body)).size).toBe(1);
    expect(paid.order.notifications[0]?.attempts).toHaveLength(50);
    expect(paid.order.transactions).toHaveLength(1);
  });

  test("copies come with the first try, one message with every later one", async () => {
    const outTradeNo = await order();
    receiver.replies.push({ ...fail }, { ...fail }, { ...fail });

    await sandbox.pay({ outTradeNo, copies: 3 });
    await sandbox.clock({ advanceMs: 15_000 });
    await expect
      .poll(async () => (await sandbox.order(outTradeNo)).notifications[0]?.status)
      .toBe("accepted");

    expect(receiver.received).toHaveLength(4);
  });

  test("of one number no more than two hundred are kept once they are done", async () => {
    const outTradeNo = await order();
    const paid = await sandbox.pay({ outTradeNo });
    const [oldest] = paid.notificationIds;

    for (let count = 0; count < 202; count += 1) await sandbox.resend({ outTradeNo });

    await expect(sandbox.resend({ id: oldest })).rejects.toThrow("no notification");
    expect((await sandbox.order(outTradeNo)).notifications).toHaveLength(100);
  });

  test("again: the newest notification's bytes, without a payment", async () => {
    const outTradeNo = await order();
    await sandbox.pay({ outTradeNo });

    await sandbox.resend({ outTradeNo, copies: 2 });

    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map((one) => one.body)).size).toBe(1);
  });

  test("lost: the first tries never arrive, the schedule goes on", async () => {
    const outTradeNo = await order();

    const paid = await sandbox.pay({ outTradeNo, drops: 2 });
    expect(receiver.received).toHaveLength(0);
    expect(paid.order.notifications[0]).toMatchObject({ status: "waiting", tries: 1 });
    await sandbox.clock({ factor: 1_000 });
    await receiver.waitFor(1);

    expect((await sandbox.order(outTradeNo)).notifications[0]?.attempts?.map((one) => one.outcome)).toEqual(
      expect.arrayContaining(["dropped", "dropped"]),
    );
  });

  test("late: paid now, told later", async () => {
    const outTradeNo = await order();
    const before = Date.now();

    const paid = await sandbox.pay({ outTradeNo, lateMs: 400 });
    expect(paid.order.tradeState).toBe("SUCCESS");
    expect(receiver.received).toHaveLength(0);
    await receiver.waitFor(1);

    expect(Date.now() - before).toBeGreaterThanOrEqual(390);
  });

  test("an armed plan strikes the next payment at the cashier and no other", async () => {
    const answer = await call(sandbox, "/pay/unifiedorder", anOrder({ notify_url: receiver.url }));
    await sandbox.control("pay", { outTradeNo: "next", amountFen: 7 });

    const form = new URLSearchParams({ prepay_id: answer.prepay_id ?? "", way: "qr", buyer: "chen" });
    await fetch(`${sandbox.merchant.webUrl}/cashier/pay`, { method: "POST", body: form });
    await receiver.waitFor(1);

    expect(readFields(receiver.received[0]?.body ?? "").total_fee).toBe("7");
    expect((await sandbox.state()).faults).toEqual([]);
  });
});

test("WeChat refuses to take money for closed, expired and paid numbers unless forced", async () => {
  const closed = await order();
  await sandbox.close(closed);
  const paid = await order();
  await sandbox.pay({ outTradeNo: paid });

  await expect(sandbox.pay({ outTradeNo: closed })).rejects.toThrow("closed");
  await expect(sandbox.pay({ outTradeNo: paid })).rejects.toThrow("paid already");
  await expect(sandbox.pay({ outTradeNo: "NEVER_SEEN" })).rejects.toThrow("ledger has no NEVER_SEEN");
  const late = await sandbox.pay({ outTradeNo: closed, force: true });

  expect(late.order.tradeState).toBe("SUCCESS");
});

test("two payments of one order: another number in the same breath", async () => {
  const one = await order();
  const other = await order();

  await sandbox.pay({ outTradeNo: one, also: other });

  expect(receiver.received.map((each) => readFields(each.body).out_trade_no).sort()).toEqual(
    [one, other].sort(),
  );
});
