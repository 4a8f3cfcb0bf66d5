import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { signFields } from "@/lib/wechat/signature";
import { readXml } from "@/lib/wechat/xml";
import { aCaller } from "@/tests/support/a-caller";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
beforeAll(async () => {
  it = await aShopAtWechat();
});
afterEach(async () => {
  await it.sandbox.disarm();
  it.sent.length = 0;
});
afterAll(() => it.close());

const asked = (path: string) => it.sent.filter((one) => one.path === path).map((one) => one.body);
const jobs = async (key: string) =>
  (await it.sql`SELECT run_at FROM graphile_worker.jobs WHERE key = ${key}`).map(
    (row) => new Date(row.run_at),
  );
const paymentsOf = (orderId: number) =>
  it.sql`SELECT id, status, trade_type, request, prepay_id, superseded_at FROM payments WHERE order_id = ${orderId} ORDER BY id`;

describe("the three ways to pay", () => {
  test("NATIVE: a code to scan, a row that was open before the answer, a first query after 15 seconds", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect(status).toBe(200);
    expect(body).toEqual({
      tradeType: "NATIVE",
      codeUrl: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=/),
    });
    const [payment] = await paymentsOf(orderId);
    expect(payment).toMatchObject({ status: "open", trade_type: "NATIVE", superseded_at: null });
    expect(payment?.prepay_id).toBeTruthy();
    expect(await jobs(`query_payment:${payment?.id}`)).toEqual([new Date(it.clock.now.getTime() + 15_000)]);
    expect((await factsOf(it.sql, orderId)).moves).toEqual(["payment open: created → open (wechat:answer)"]);
  });

  test("MWEB: a link, asked for with the payer's own address", async () => {
    const { buyer, address, orderNo, orderId } = await it.anOrder();

    const { status, body } = await buyer.pay(orderNo, "MWEB");

    expect(status).toBe(200);
    expect(body).toEqual({ tradeType: "MWEB", mwebUrl: expect.stringMatching(/^https?:\/\//) });
    const [payment] = await paymentsOf(orderId);
    expect(payment?.request).toMatchObject({ spbill_create_ip: address, trade_type: "MWEB" });
  });

  test("JSAPI: parameters that WeChat's client accepts, for the openid of this session", async () => {
    const { buyer, orderNo, memberId } = await it.anOrder();
    const openid = await it.signIn(buyer, { guestId: memberId });

    const { status, body } = await buyer.pay(orderNo, "JSAPI");

    expect(status).toBe(200);
    const { paySign, ...signed } = body.payment as Record<string, string>;
    const { apiKey, appId } = it.shop.environment.wechat;
    expect(signed).toMatchObject({
      appId,
      signType: "HMAC-SHA256",
      package: expect.stringMatching(/^prepay_id=wx/),
    });
    expect(signed.timeStamp).toMatch(/^\d{10}$/);
    expect(paySign).toBe(signFields(signed, { apiKey, signType: "HMAC-SHA256" }));
    const [number] = (await it.sandbox.orders()).filter((order) => order.openid === openid);
    expect(number?.tradeType).toBe("JSAPI");
  });

  test("JSAPI in a mini program: the mini program's appid and openid, by the bearer token", async () => {
    const { POST: signIn } = await import("@/app/api/auth/mini-program/route");
    const { code, miniOpenid } = await it.sandbox.code({ app: "mini", buyer: "zhou" });
    const answer = await signIn(
      new Request("http://shop.test/api/auth/mini-program", {
        method: "POST",
        body: JSON.stringify({ code }),
      }),
      {},
    );
    const { token } = await answer.json();
    const caller = aCaller({ headers: { authorization: `Bearer ${token}` } });
    const { sku } = await it.aProduct();
    const { body: order } = await caller.order({ items: [{ sku, quantity: 1 }] });

    const { status, body } = await caller.pay(String(order.orderNo), "JSAPI");

    expect(status).toBe(200);
    const mini = it.shop.environment.wechat.mini?.appId;
    expect(body.payment).toMatchObject({ appId: mini });
    const [payment] = await it.sql`SELECT appid, openid FROM payments ORDER BY id DESC LIMIT 1`;
    expect(payment).toEqual({ appid: mini, openid: miniOpenid });
  });

  test("what is sent expires with the order, in Beijing time, and asks for the order's total in fen", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder({ priceFen: 1999 });

    await buyer.pay(orderNo, "NATIVE");

    const [payment] = await paymentsOf(orderId);
    const [order] = await it.sql`
      SELECT to_char(expires_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDDHH24MISS') AS expires FROM orders WHERE id = ${orderId}`;
    expect(payment?.request).toMatchObject({
      total_fee: "1999",
      fee_type: "CNY",
      time_expire: order?.expires,
      notify_url: `${it.shop.environment.siteUrl}/api/notify`,
      sign_type: "HMAC-SHA256",
    });
    const [body] = asked("/pay/unifiedorder");
    const reading = readXml(Buffer.from(body ?? ""));
    expect(reading.ok && reading.fields).toMatchObject(payment?.request);
  });
});

describe("pressed again", () => {
  test("the same way: the same number and the same bytes", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();

    const first = await buyer.pay(orderNo, "MWEB");
    it.clock.now = new Date(it.clock.now.getTime() + 60_000);
    const second = await buyer.pay(orderNo, "MWEB");

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await numbers()).toHaveLength(1);
    const [one, two] = asked("/pay/unifiedorder");
    expect(two).toBe(one);
    expect((await paymentsOf(orderId))[0]?.status).toBe("open");
  });

  test("ten at once: one number, ten answers", async () => {
    const { buyer, orderNo, numbers } = await it.anOrder();

    const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.pay(orderNo, "NATIVE")));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await numbers()).toHaveLength(1);
    expect(new Set(asked("/pay/unifiedorder")).size).toBe(1);
  });

  test("another way: the old number is asked about, superseded, and closed when five minutes old", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    const madeAt = it.clock.now;
    it.clock.now = new Date(madeAt.getTime() + 60_000);

    const { status } = await buyer.pay(orderNo, "MWEB");

    expect(status).toBe(200);
    expect(asked("/pay/orderquery")).toHaveLength(1);
    const [old, fresh] = await paymentsOf(orderId);
    expect(old).toMatchObject({ status: "open", trade_type: "NATIVE" });
    expect(old?.superseded_at).not.toBeNull();
    expect(fresh).toMatchObject({ status: "open", trade_type: "MWEB", superseded_at: null });
    expect(await numbers()).toEqual([`${orderNo}P1`, `${orderNo}P2`]);
    expect(await jobs(`close_payment:${old?.id}`)).toEqual([
      new Date(madeAt.getTime() + 5 * 60_000 + 10_000),
    ]);
  });

  test("MWEB from another address is another payment; NATIVE is not", async () => {
    const { buyer, orderNo, numbers } = await it.anOrder();
    const elsewhere = aCaller({ address: "203.0.113.99" });
    elsewhere.setCookie(buyer.cookie);

    await buyer.pay(orderNo, "NATIVE");
    await elsewhere.pay(orderNo, "NATIVE");
    expect(await numbers()).toHaveLength(1);
    await buyer.pay(orderNo, "MWEB");
    await elsewhere.pay(orderNo, "MWEB");

    expect(await numbers()).toHaveLength(3);
  });

  test("another way when the old number was paid and nobody told us: settled, 409 already_paid", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    const [number] = await numbers();
    await it.sandbox.pay({ outTradeNo: String(number), drops: 16 });

    const { status, body } = await buyer.pay(orderNo, "MWEB");

    expect([status, body.code]).toEqual([409, "already_paid"]);
    expect(await factsOf(it.sql, orderId)).toMatchObject({
      order: { status: "paid" },
      payments: [{ status: "paid" }],
      receipts: [{ verdict: "settling", source: "query" }],
    });
  });

  test("another way while WeChat cannot say what became of the old number: 502, and nothing is superseded", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    await it.sandbox.fault({ call: "orderquery", kind: "system-error" });

    const { status, body } = await buyer.pay(orderNo, "MWEB");

    expect([status, body.code]).toEqual([502, "wechat_unavailable"]);
    expect(await paymentsOf(orderId)).toMatchObject([{ status: "open", superseded_at: null }]);
  });

  test("two ways at once: two numbers at most one of which is current, and money on either settles", async () => {
    for (let round = 0; round < 5; round++) {
      const { buyer, orderNo, orderId, numbers } = await it.anOrder();

      const answers = await Promise.all([buyer.pay(orderNo, "NATIVE"), buyer.pay(orderNo, "MWEB")]);

      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const rows = await paymentsOf(orderId);
      expect(rows.filter((row) => row.superseded_at === null).length).toBe(1);
      const old = (await numbers())[round % 2];
      await it.sandbox.pay({ outTradeNo: String(old) });
      expect((await factsOf(it.sql, orderId)).order.status).toBe("paid");
    }
  });
});

describe("who may pay what", () => {
  test("another buyer's order does not exist, whatever the way; a stranger must say who they are", async () => {
    const { orderNo } = await it.anOrder();
    const other = await it.anOrder();

    for (const tradeType of ["NATIVE", "MWEB", "JSAPI"]) {
      const { status, body } = await other.buyer.pay(orderNo, tradeType);
      expect([status, body.code]).toEqual([404, "not_found"]);
    }
    const { status, body } = await aCaller().pay(orderNo, "NATIVE");
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
  });

  test("JSAPI without an openid is told where to get one", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();

    const { status, body } = await buyer.pay(orderNo, "JSAPI");

    expect([status, body.code]).toEqual([409, "openid_required"]);
    expect(body.signInUrl).toBe(`/api/auth/wechat?returnTo=${encodeURIComponent(`/orders/${orderNo}`)}`);
    expect(await paymentsOf(orderId)).toHaveLength(0);
  });

  test.each([
    {},
    { orderNo: 7, tradeType: "NATIVE" },
    { orderNo: "1", tradeType: "APP" },
    { orderNo: "1" },
    [],
  ])("%j is malformed", async (body) => {
    const { buyer } = await it.anOrder();
    const { POST } = await import("@/app/api/pay/route");

    const answer = await buyer.call((request) => POST(request, {}), { path: "/api/pay", body });

    expect([answer.status, answer.body.code]).toEqual([400, "malformed"]);
  });

  test("an order that is paid: already_paid; cancelled: order_closed; expired: order_expired; JSAPI as well", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    const told = async () => {
      const answers = [await buyer.pay(orderNo, "NATIVE"), await buyer.pay(orderNo, "JSAPI")];
      return answers.map(({ status, body }) => `${status} ${body.code}`);
    };
    const put = (set: string) => it.sql.unsafe(`UPDATE orders SET ${set} WHERE id = ${orderId}`);

    await put("status = 'paid', paid_at = now()");
    expect(await told()).toEqual(["409 already_paid", "409 already_paid"]);
    await put("status = 'closing', closed_reason = 'cancelled'");
    expect(await told()).toEqual(["409 order_closed", "409 order_closed"]);
    await put("status = 'closed', closed_reason = 'expired'");
    expect(await told()).toEqual(["409 order_expired", "409 order_expired"]);
  });

  test("in the last two minutes it is too late to begin, also to press again; at its end it is expired", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    const [order] = await it.sql`SELECT expires_at FROM orders WHERE id = ${orderId}`;
    const end = new Date(order?.expires_at).getTime();
    const now = it.clock.now;
    const at = async (ms: number) => {
      it.clock.now = new Date(end - ms);
      const { status, body } = await buyer.pay(orderNo, "NATIVE");
      return `${status} ${body.code ?? ""}`.trim();
    };

    const said = [await at(120_000), await at(119_999), await at(1), await at(0), await at(-1)];
    it.clock.now = now;

    expect(said).toEqual([
      "200",
      "409 order_expiring",
      "409 order_expiring",
      "409 order_expired",
      "409 order_expired",
    ]);
  });
});

describe("when WeChat does not answer as it should", () => {
  test.each(["system-error", "frequency-limited", "bad-gateway", "reset"] as const)(
    "%s: 502, and the same request again succeeds with the same number",
    async (kind) => {
      const { buyer, orderNo, numbers } = await it.anOrder();
      await it.sandbox.fault({ call: "unifiedorder", kind });

      const first = await buyer.pay(orderNo, "NATIVE");
      const second = await buyer.pay(orderNo, "NATIVE");

      expect([first.status, first.body.code]).toEqual([502, "wechat_unavailable"]);
      expect(second.status).toBe(200);
      expect(await numbers()).toEqual([`${orderNo}P1`]);
      const [one, two] = asked("/pay/unifiedorder");
      expect(two).toBe(one);
    },
  );

  test("a time-out after WeChat has taken the order: 502, then success with the same number", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "timeout" });
    it.patience(300);

    const first = await buyer.pay(orderNo, "NATIVE");
    it.patience();
    const between = (await paymentsOf(orderId))[0]?.status;
    const second = await buyer.pay(orderNo, "NATIVE");

    expect([first.status, first.body.code]).toEqual([502, "wechat_unavailable"]);
    expect(between).toBe("created");
    expect(second.status).toBe(200);
    expect(await numbers()).toEqual([`${orderNo}P1`]);
  });

  test("money that is not what was asked: 409 payment_disputed, whichever way is pressed, and no new number", async () => {
    const { buyer, orderNo, numbers } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    await it.sandbox.pay({ outTradeNo: `${orderNo}P1`, amountFen: 5, drops: 16 });

    const answers = [await buyer.pay(orderNo, "NATIVE"), await buyer.pay(orderNo, "MWEB")];

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      "409 payment_disputed",
      "409 payment_disputed",
    ]);
    expect(await numbers()).toEqual([`${orderNo}P1`]);
  });

  test("money on a number whose answer never came is settled", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "reset" });
    await buyer.pay(orderNo, "NATIVE");

    await it.sandbox.pay({ outTradeNo: String((await numbers())[0]) });

    expect(await factsOf(it.sql, orderId)).toMatchObject({
      order: { status: "paid" },
      payments: [{ status: "paid" }],
    });
  });

  test("the notification overtakes the answer: paid, and the buyer is told so", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "reorder" });

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect([status, body.code]).toEqual([409, "already_paid"]);
    expect(await factsOf(it.sql, orderId)).toMatchObject({
      order: { status: "paid" },
      moves: [
        "payment pay: created → paid (wechat:notification)",
        "order pay: pending → paid (wechat:notification)",
      ],
    });
  });

  test("ORDERPAID: settled by a query, 409 already_paid", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    await it.sandbox.pay({ outTradeNo: String((await numbers())[0]), drops: 16 });

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect([status, body.code]).toEqual([409, "already_paid"]);
    expect(await factsOf(it.sql, orderId)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ source: "query" }],
      queued: ["order_paid"],
    });
  });

  test("ORDERPAID, but the query does not know it yet: 502, nothing concluded", async () => {
    const { buyer, orderNo, orderId, numbers } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    await it.sandbox.pay({ outTradeNo: String((await numbers())[0]), drops: 16 });
    await it.sandbox.fault({ call: "orderquery", kind: "stale" });

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect([status, body.code]).toEqual([502, "wechat_unavailable"]);
    expect((await factsOf(it.sql, orderId)).order.status).toBe("pending");
  });

  test("ORDERCLOSED: a new number at once", async () => {
    const { buyer, orderNo, numbers } = await it.anOrder();
    await buyer.pay(orderNo, "NATIVE");
    await it.sandbox.close(String((await numbers())[0]));

    const { status } = await buyer.pay(orderNo, "NATIVE");

    expect(status).toBe(200);
    expect(await numbers()).toEqual([`${orderNo}P1`, `${orderNo}P2`]);
  });

  test("INVALID_REQUEST on the stored request: the number is burnt, a new one takes its place", async () => {
    const { buyer, orderNo, numbers } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "error", options: { code: "INVALID_REQUEST" } });

    const { status } = await buyer.pay(orderNo, "NATIVE");

    expect(status).toBe(200);
    expect(await numbers()).toHaveLength(2);
  });

  test("when every number is burnt it ends in 503 and an alarm, not in a loop", async () => {
    const { buyer, orderNo, numbers } = await it.anOrder();
    await it.sandbox.fault({
      call: "unifiedorder",
      kind: "error",
      times: 50,
      options: { code: "ORDERCLOSED" },
    });

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect([status, body.code]).toEqual([503, "wechat_refused"]);
    expect(await numbers()).toHaveLength(3);
    expect(await it.sql`SELECT 1 FROM alarms WHERE facts->>'code' = 'INVALID_REQUEST'`).toHaveLength(1);
  });

  test.each(["NOAUTH", "NEVER_SEEN"])("%s: 503 with an alarm for the shop, once", async (code) => {
    const { buyer, orderNo } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "error", times: 2, options: { code } });

    const answers = [await buyer.pay(orderNo, "NATIVE"), await buyer.pay(orderNo, "NATIVE")];
    const after = await buyer.pay(orderNo, "NATIVE");

    for (const { status, body } of answers) expect([status, body.code]).toEqual([503, "wechat_refused"]);
    expect(after.status).toBe(200);
    const alarms = await it.sql`SELECT kind, count, facts FROM alarms WHERE facts->>'code' = ${code}`;
    expect(alarms).toMatchObject([{ kind: "wechat_refused", count: 2, facts: { call: "unifiedorder" } }]);
  });

  test("an unsigned refusal (签名失败): 502, because anybody could say so, and an alarm for the shop", async () => {
    const { buyer, orderNo } = await it.anOrder();
    await it.sandbox.fault({
      call: "unifiedorder",
      kind: "error",
      options: { code: "SIGNERROR", text: "签名失败" },
    });

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect([status, body.code]).toEqual([502, "wechat_unavailable"]);
    const [alarm] = await it.sql`SELECT kind, facts FROM alarms WHERE facts->>'code' = 'RETURN_FAIL'`;
    expect(alarm).toMatchObject({ kind: "wechat_refused", facts: { text: "签名失败" } });
  });

  test("a forged answer: 502, not one field of it used, an alarm for the shop", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "forged-answer" });

    const { status, body } = await buyer.pay(orderNo, "NATIVE");

    expect([status, body.code]).toEqual([502, "wechat_unavailable"]);
    expect((await paymentsOf(orderId))[0]).toMatchObject({ status: "created", prepay_id: null });
    expect(await it.sql`SELECT kind FROM alarms WHERE facts->>'code' = 'UNVERIFIED'`).toHaveLength(1);
    expect((await buyer.pay(orderNo, "NATIVE")).status).toBe(200);
  });

  test("no transaction is open while WeChat is asked, and the row is committed before", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "slow", options: { delayMs: 1500 } });
    const paying = buyer.pay(orderNo, "NATIVE");
    for (const end = Date.now() + 5000; !asked("/pay/unifiedorder").length && Date.now() < end; )
      await sleep(5);
    const open: string[] = [];
    const rows = new Set<string>();

    for (const end = Date.now() + 600; Date.now() < end; await sleep(50)) {
      for (const row of await paymentsOf(orderId)) rows.add(row.status);
      const busy = await it.sql`
        SELECT state FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
          AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`;
      open.push(...busy.map((one) => String(one.state)));
    }

    expect((await paying).status).toBe(200);
    expect([...rows]).toEqual(["created"]);
    expect(open).toEqual([]);
  });

  test("cancelled while WeChat is asked: the order closes, and the number is closed with it", async () => {
    const { buyer, orderNo, orderId } = await it.anOrder();
    await it.sandbox.fault({ call: "unifiedorder", kind: "slow", options: { delayMs: 500 } });
    const paying = buyer.pay(orderNo, "NATIVE");
    while (!(await paymentsOf(orderId)).length) await sleep(20);

    const cancelled = await buyer.cancel(orderNo);
    await paying;

    expect(cancelled.body.status).toBe("closing");
    expect(await jobs(`close_order:${orderId}`)).toHaveLength(1);
  });
});

test("who presses without end is told to wait before WeChat is asked; other buyers are not in their way", async () => {
  const { buyer, orderNo, orderId } = await it.anOrder();
  const other = await it.anOrder();
  await Promise.all(Array.from({ length: 150 }, () => buyer.pay("no-such-order", "NATIVE")));

  const { status, body, headers } = await buyer.pay(orderNo, "NATIVE");

  expect([status, body.code]).toEqual([429, "too_many_requests"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await paymentsOf(orderId)).toEqual([]);
  expect(asked("/pay/unifiedorder")).toEqual([]);
  expect((await other.buyer.pay(other.orderNo, "NATIVE")).status).toBe(200);
});

test("each call to WeChat is remembered with what came of it, and no secret", async () => {
  const { buyer, orderNo, orderId } = await it.anOrder();
  await it.sandbox.fault({ call: "unifiedorder", kind: "system-error" });
  await buyer.pay(orderNo, "NATIVE");
  await buyer.pay(orderNo, "NATIVE");

  const calls =
    await it.sql`SELECT call, outcome, error_text FROM wechat_calls WHERE order_id = ${orderId} ORDER BY id`;

  expect(calls).toMatchObject([
    { call: "unifiedorder", outcome: "SYSTEMERROR" },
    { call: "unifiedorder", outcome: "SUCCESS", error_text: null },
  ]);
  expect(JSON.stringify(calls)).not.toContain(it.shop.environment.wechat.apiKey);
});
