import { afterAll, beforeAll, expect, test } from "vitest";
import * as alarm from "@/app/api/alarm/route";
import { GET as health } from "@/app/api/health/route";
import * as refund from "@/app/api/notify/refund/route";
import * as notify from "@/app/api/notify/route";
import { POST as createOrder } from "@/app/api/orders/route";
import { replayByHand } from "@/lib/notifications/replay-by-hand";
import { replayNotification } from "@/lib/notifications/replay-notification";
import { openShop, type Shop } from "@/lib/shop";
import { signAlarm } from "@/lib/wechat/legacy-signature";
import { encryptReqInfo } from "@/lib/wechat/req-info";
import { writeXml } from "@/lib/wechat/xml";
import { aPerson } from "@/tests/support/a-running-clock";
import { aShop, aTransactionId, paymentNotification, post } from "@/tests/support/a-shop";
import { factsOf } from "@/tests/support/facts-of";
import { openGate } from "@/tests/support/tcp-gate";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const say = async (body: string) => (await notify.POST(post(body))).text();
const message = (of: Parameters<typeof paymentNotification>[1]) =>
  paymentNotification(it.shop.environment.wechat, of);

test("a fault half-way is answered FAIL, keeps the message raw, and WeChat's retry settles it", async () => {
  const order = await it.payableOrder();
  const transactionId = aTransactionId();
  const body = message({ ...order, transactionId });
  await it.sql`ALTER TABLE outbox ADD CONSTRAINT broken CHECK (task <> 'order_paid') NOT VALID`;

  const broken = await say(body);
  const halfWay = await factsOf(it.sql, order.orderId);
  const [raw] = await it.sql`SELECT body FROM notifications WHERE order_id = ${order.orderId}`;
  await it.sql`ALTER TABLE outbox DROP CONSTRAINT broken`;
  const retried = await say(message({ ...order, transactionId }));

  expect(broken).toContain("FAIL");
  expect(broken).toContain("send it again");
  expect(halfWay).toMatchObject({
    order: { status: "pending" },
    payments: [{ status: "open" }],
    receipts: [],
    notifications: [{ verdict: "failed", answer: "FAIL" }],
    queued: [],
    moves: [],
  });
  expect(Buffer.from(raw?.body).toString()).toBe(body);
  expect(retried).toContain("SUCCESS");
  expect(await factsOf(it.sql, order.orderId)).toMatchObject({
    order: { status: "paid" },
    receipts: [{ verdict: "settling" }],
    notifications: [{ verdict: "paid", answer: "SUCCESS", copies: 1 }],
    queued: ["order_paid"],
  });
});

test("what failed on our side can be replayed from its bytes, once the fault is mended, and only counts after that", async () => {
  const order = await it.payableOrder();
  await it.sql`ALTER TABLE outbox ADD CONSTRAINT broken CHECK (task <> 'order_paid') NOT VALID`;
  await say(message(order));
  const [row] = await it.sql`SELECT id FROM notifications WHERE order_id = ${order.orderId}`;
  const id = Number(row?.id);

  const stillBroken = await replayNotification(it.shop, id);
  await it.sql`ALTER TABLE outbox DROP CONSTRAINT broken`;
  const replayed = await replayNotification(it.shop, id);
  const again = await replayNotification(it.shop, id);

  expect([stillBroken, replayed, again].map(({ code }) => code)).toEqual(["FAIL", "SUCCESS", "SUCCESS"]);
  expect(await factsOf(it.sql, order.orderId)).toMatchObject({
    order: { status: "paid" },
    receipts: [{ verdict: "settling" }],
    notifications: [{ verdict: "paid", answer: "SUCCESS", copies: 3 }],
    queued: ["order_paid"],
  });
  await expect(replayNotification(it.shop, 999_999_999)).rejects.toMatchObject({ code: "not_found" });
});

test("a person replays it: the entry is there whatever comes of it, twice at once pays once, later it is refused", async () => {
  const order = await it.payableOrder();
  const by = await aPerson(it.shop, "finance");
  await it.sql`ALTER TABLE outbox ADD CONSTRAINT broken CHECK (task <> 'order_paid') NOT VALID`;
  await say(message(order));
  const [row] = await it.sql`SELECT id FROM notifications WHERE order_id = ${order.orderId}`;
  const replay = () => replayByHand(it.shop, { id: Number(row?.id), by });

  const stillBroken = await replay();
  await it.sql`ALTER TABLE outbox DROP CONSTRAINT broken`;
  const twice = await Promise.allSettled([replay(), replay()]);

  expect(stillBroken).toMatchObject({ verdict: "failed", answer: { code: "FAIL" } });
  const done = twice.filter((one) => one.status === "fulfilled");
  for (const { value } of done) expect(value).toMatchObject({ verdict: "paid", answer: { code: "SUCCESS" } });
  for (const one of twice) // Whoever comes when the other is through is told so.
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "notification_not_failed" });
  expect(done.length).toBeGreaterThan(0);
  expect(await factsOf(it.sql, order.orderId)).toMatchObject({
    order: { status: "paid" },
    receipts: [{ verdict: "settling" }],
    queued: ["order_paid"],
  });
  await expect(replay()).rejects.toMatchObject({ code: "notification_not_failed" });
  await expect(replayByHand(it.shop, { id: 999_999_999, by })).rejects.toMatchObject({ code: "not_found" });
  const entries = await it.sql`SELECT action, staff_id::int AS staff, before FROM audit_entries
    WHERE order_id = ${order.orderId} AND subject = 'notification'`;
  expect([...entries]).toEqual(
    Array(1 + done.length).fill({
      action: "notification.replay",
      staff: by.staffId,
      before: { verdict: "failed" },
    }),
  );
});

test("what cannot even be kept raw is answered FAIL all the same", async () => {
  const order = await it.payableOrder();
  await it.sql`ALTER TABLE notifications ADD CONSTRAINT broken CHECK (false) NOT VALID`;

  const answers = [await say(message(order)), await say("<xml><sign>1</sign></xml>")];
  await it.sql`ALTER TABLE notifications DROP CONSTRAINT broken`;

  for (const answer of answers) expect(answer).toContain("FAIL");
  expect(await say(message(order))).toContain("SUCCESS");
});

test("a row that somebody holds is answered FAIL within WeChat's five seconds, and settles once", async () => {
  const order = await it.payableOrder();
  const body = message(order);
  let answer = "";
  let tookMs = 0;

  await it.sql.begin(async (tx) => {
    await tx`SELECT 1 FROM orders WHERE id = ${order.orderId} FOR UPDATE`;
    const start = performance.now();
    answer = await say(body);
    tookMs = performance.now() - start;
  });
  const retried = await say(body);

  expect(answer).toContain("FAIL");
  expect(tookMs).toBeLessThan(4900);
  expect(retried).toContain("SUCCESS");
  expect(await factsOf(it.sql, order.orderId)).toMatchObject({
    order: { status: "paid" },
    receipts: [{ verdict: "settling" }],
    notifications: [{ verdict: "paid", answer: "SUCCESS" }],
    queued: ["order_paid"],
  });
}, 20_000);

test("whatever WeChat or a stranger sends is answered within five seconds while the tables are held", async () => {
  const { wechat } = it.shop.environment;
  const trueAlarm = {
    AppId: wechat.appId,
    ErrorType: "1001",
    Description: "",
    AlarmContent: "x",
    TimeStamp: "1",
  };
  const AppSignature = signAlarm(trueAlarm, { appKey: wechat.appKey ?? "" });
  const inner = {
    ...{ transaction_id: "42", out_trade_no: "NOSUCHNUMBER", refund_id: "50", out_refund_no: "R1" },
    ...{ total_fee: "5", refund_fee: "5", refund_status: "SUCCESS" },
  };
  const req_info = encryptReqInfo(writeXml(inner, { root: "root" }), { apiKey: wechat.apiKey });
  const send = (route: { POST: (request: Request) => Promise<Response> }, fields: Record<string, string>) =>
    route.POST(post(writeXml(fields)));
  const answers: string[] = [];
  let tookMs = 0;

  await it.sql.begin(async (tx) => {
    await tx`LOCK TABLE notifications, stray_counts IN ACCESS EXCLUSIVE MODE`;
    const start = performance.now();
    const responses = await Promise.all([
      send(refund, { return_code: "SUCCESS", appid: wechat.appId, mch_id: wechat.mchId, req_info }),
      send(alarm, { ...trueAlarm, AppSignature }),
      send(notify, { return_code: "SUCCESS", sign: "00" }),
      send(refund, { return_code: "SUCCESS", req_info: "AA" }),
      send(alarm, { ...trueAlarm, AppSignature: "00" }),
    ]);
    tookMs = performance.now() - start;
    for (const response of responses) answers.push(`${response.status} ${await response.text()}`);
  });

  expect(tookMs).toBeLessThan(4900);
  expect(answers).toEqual([
    expect.stringMatching(/^200 .*FAIL.*send it again/),
    "503 fail",
    expect.stringMatching(/^200 .*FAIL/),
    expect.stringMatching(/^200 .*FAIL/),
    "400 fail",
  ]);
}, 20_000);

test("while the database is away everything is refused in time, and nothing that follows is lost", async () => {
  const order = await it.payableOrder();
  const body = message(order);
  const gate = await openGate(it.shop.environment.databaseUrl);
  const throughGate = openShop(it.shop.environment, { databaseUrl: gate.url, now: it.shop.now });
  const held = globalThis as { zhangguiShop?: Shop };
  held.zhangguiShop = throughGate;
  expect((await health()).status).toBe(200);
  await gate.shut();

  const start = performance.now();
  const [paid, forged, refunded, alarmed, healthy, ordered] = await Promise.all([
    notify.POST(post(body)),
    notify.POST(post("<xml><return_code>SUCCESS</return_code><sign>00</sign></xml>")),
    refund.POST(post("<xml><return_code>SUCCESS</return_code><req_info>AA</req_info></xml>")),
    alarm.POST(post("<xml><AppId>1</AppId></xml>")),
    health(),
    createOrder(post(JSON.stringify({ items: [{ sku: "x", quantity: 1 }] })), {}),
  ]);
  const tookMs = performance.now() - start;
  await gate.open();

  for (const response of [paid, forged, refunded]) {
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("FAIL");
  }
  expect([alarmed.status, await alarmed.text()]).toEqual([400, "fail"]);
  expect(healthy.status).toBe(503);
  expect([ordered.status, (await ordered.json()).code]).toEqual([503, "database_unavailable"]);
  expect(tookMs).toBeLessThan(4900);
  expect(await say(body)).toContain("SUCCESS");
  expect(await factsOf(it.sql, order.orderId)).toMatchObject({
    order: { status: "paid" },
    queued: ["order_paid"],
  });
  await throughGate.close();
  await gate.shut();
  held.zhangguiShop = it.shop;
});
