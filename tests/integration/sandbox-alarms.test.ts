import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readAlarm } from "@/lib/wechat/alarm";
import { aDeliveringMerchant, aParcel } from "@/tests/support/delivery-at-sandbox";
import { startReceiver } from "@/tests/support/notify-receiver";
import { readFields } from "@/tests/support/sandbox-call";

const hourMs = 60 * 60_000;
let it: Awaited<ReturnType<typeof aDeliveringMerchant>>;
let sandbox: typeof it.sandbox;
let site: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  it = await aDeliveringMerchant();
  sandbox = it.sandbox;
});
beforeEach(async () => {
  site = await startReceiver();
  await sandbox.disarm();
  await sandbox.clock({ reset: true });
  await sandbox.alarmSettings({ lateAfterMs: null, url: null });
});
afterEach(() => site.stop());
afterAll(() => it.stop());

const aPaidOrder = async (of: { app?: "mini"; twice?: boolean } = {}) =>
  await it.aPaidOrder({ ...of, notifyUrl: site.url });
/** What has arrived as an alarm. The site's payment notifications come to the same port. */
const arrived = () =>
  site.received.filter((one) => one.path === "/api/alarm").map((one) => readFields(one.body));
const read = (body: string | undefined) =>
  readAlarm(Buffer.from(body ?? ""), { appKey: sandbox.merchant.appKey });

/** Everything before is not late any more: only what is paid from here on is counted. */
async function fromNowOn(lateAfterMs = 72 * hourMs) {
  await sandbox.alarmSettings({ lateAfterMs: 0, url: `${site.url}/swept` });
  await sandbox.alarmSettings({ lateAfterMs, url: null });
}

describe("an alarm on demand", () => {
  test("is a 1001 about the order's payment, at the site's /api/alarm, signed over its five fields", async () => {
    const order = await aPaidOrder();

    const { alarm } = await sandbox.alarm({ outTradeNo: order.outTradeNo });

    expect(alarm).toMatchObject({
      kind: "alarm",
      status: "accepted",
      outTradeNo: order.outTradeNo,
      tries: 1,
    });
    const [fields, ...more] = arrived();
    expect(more).toEqual([]);
    expect(fields).toMatchObject({
      AppId: sandbox.merchant.appId,
      ErrorType: "1001",
      Description: "发货超时",
      AlarmContent: `transaction_id=${order.transactionId}`,
      SignMethod: "sha1",
    });
    const signed = [
      `alarmcontent=${fields?.AlarmContent}`,
      `appid=${fields?.AppId}`,
      `appkey=${sandbox.merchant.appKey}`,
      `description=${fields?.Description}`,
      `errortype=${fields?.ErrorType}`,
      `timestamp=${fields?.TimeStamp}`,
    ].join("&");
    expect(fields?.AppSignature).toBe(createHash("sha1").update(signed, "utf8").digest("hex"));
  });

  test("can name the order by its own number, or somewhere in a sentence", async () => {
    const { outTradeNo } = await aPaidOrder();

    await sandbox.alarm({ outTradeNo, naming: "out_trade_no" });
    await sandbox.alarm({ outTradeNo, naming: "text" });
    await sandbox.alarm({ outTradeNo, content: "错误详情", timeStamp: "1393860740" });

    const [byNumber, bySentence, byNothing] = arrived();
    expect(byNumber?.AlarmContent).toBe(`out_trade_no=${outTradeNo}`);
    expect(bySentence?.AlarmContent).toMatch(new RegExp(`^.+ ${outTradeNo} .+$`));
    expect(byNothing).toMatchObject({ AlarmContent: "错误详情", TimeStamp: "1393860740" });
  });

  test("of another type, about no order, goes to the newest order's site", async () => {
    await aPaidOrder();

    const { alarm } = await sandbox.alarm({ errorType: "1", description: "test" });

    expect(alarm).toMatchObject({ status: "accepted", outTradeNo: null, transactionId: null });
    expect(arrived()).toMatchObject([{ ErrorType: "1", Description: "test", AlarmContent: "test" }]);
    expect(read(alarm.body).kind).toBe("verified");
  });

  test("goes where the settings or the call say", async () => {
    const { outTradeNo } = await aPaidOrder();
    const at = (path: string) => site.url.replace("/api/notify", path);
    await sandbox.alarmSettings({ url: at("/registered") });

    await sandbox.alarm({ outTradeNo });
    await sandbox.alarm({ outTradeNo, url: at("/for-once") });

    expect(site.received.map((one) => one.path)).toEqual(["/api/notify", "/registered", "/for-once"]);
  });

  test("comes twice at once when it is told to, the same bytes", async () => {
    const { outTradeNo } = await aPaidOrder();

    await sandbox.alarm({ outTradeNo, copies: 2 });

    const bodies = site.received.slice(1).map((one) => one.body);
    expect(bodies).toHaveLength(2);
    expect(new Set(bodies).size).toBe(1);
  });

  test("forged or unsigned is no alarm to the shop's own reader, and a forger comes once", async () => {
    const { outTradeNo } = await aPaidOrder();
    site.replies.push({ status: 400, body: "fail" }, { status: 400, body: "fail" });

    const forged = await sandbox.alarm({ outTradeNo, claim: "forged" });
    const unsigned = await sandbox.alarm({ outTradeNo, claim: "unsigned" });

    expect(read(forged.alarm.body)).toMatchObject({
      kind: "forged",
      reason: expect.stringContaining("verify"),
    });
    expect(read(unsigned.alarm.body)).toMatchObject({
      kind: "forged",
      reason: expect.stringContaining("missing"),
    });
    expect([forged.alarm.status, unsigned.alarm.status]).toEqual(["given_up", "given_up"]);
  });

  test("is repeated until the answer is `success` and nothing else", async () => {
    const { outTradeNo } = await aPaidOrder();
    site.replies.push({ body: "SUCCESS" }, { body: "success\n" }, { status: 503, body: "success" }, {});

    const first = await sandbox.alarm({ outTradeNo });
    for (const waitMs of [15_000, 15_000, 30_000]) {
      const tries = (await sandbox.alarms(outTradeNo))[0]?.tries ?? 0;
      await sandbox.clock({ advanceMs: waitMs });
      await expect.poll(async () => (await sandbox.alarms(outTradeNo))[0]?.tries).toBe(tries + 1);
    }

    expect(first.alarm.status).toBe("waiting");
    const [alarm] = await sandbox.alarms(outTradeNo);
    expect(alarm?.status).toBe("accepted");
    expect(alarm?.attempts?.map((one) => one.outcome)).toEqual(["refused", "refused", "refused", "accepted"]);
  });

  test("is not what `resend` repeats for a number; it is repeated by its id", async () => {
    const { outTradeNo } = await aPaidOrder();
    const { notificationId } = await sandbox.alarm({ outTradeNo });

    await sandbox.resend({ outTradeNo });
    await sandbox.resend({ id: notificationId });

    const kinds = (await sandbox.order(outTradeNo)).notifications.map((one) => one.kind);
    expect(kinds).toEqual(["payment", "alarm", "payment", "alarm"]);
    const { notificationId: aboutNothing } = await sandbox.alarm();
    expect((await sandbox.resend({ id: aboutNothing })).order).toBeNull();
  });

  test("about a number that WeChat does not know is refused to whoever asks for it", async () => {
    await expect(sandbox.alarm({ outTradeNo: "NEVER_SEEN" })).rejects.toThrow("ledger has no NEVER_SEEN");
    await expect(sandbox.alarm({ content: "\u0000" })).rejects.toThrow("content: ");
    await expect(sandbox.alarm({ errorType: "late" })).rejects.toThrow("errorType: ");
  });
});

describe("an alarm by WeChat's own clock", () => {
  test("comes when 72 hours have passed without a report, once, and not a minute before", async () => {
    await fromNowOn();
    const order = await aPaidOrder();

    await sandbox.clock({ advanceMs: 72 * hourMs - 60_000 });
    const early = await sandbox.alarms(order.outTradeNo);
    await sandbox.clock({ advanceMs: 60_000 });
    await expect.poll(() => arrived().length).toBe(1);
    await sandbox.clock({ advanceMs: 72 * hourMs });

    expect(early).toEqual([]);
    expect(await sandbox.alarms(order.outTradeNo)).toMatchObject([{ status: "accepted" }]);
    expect(arrived()).toMatchObject([
      { ErrorType: "1001", Description: "发货超时", AlarmContent: `transaction_id=${order.transactionId}` },
    ]);
    expect((await sandbox.order(order.outTradeNo)).transactions[0]?.lateAlarmAt).not.toBeNull();
  });

  test("comes by itself when nobody turns the clock, sooner with a factor and another limit", async () => {
    await fromNowOn(hourMs);
    await sandbox.clock({ factor: 100_000 }); // 36 ms.

    const { outTradeNo } = await aPaidOrder();

    await expect.poll(() => arrived().length).toBe(1);
    expect(await sandbox.alarms(outTradeNo)).toHaveLength(1);
  });

  test("does not come for what was reported, delivered or not", async () => {
    await fromNowOn();
    const [delivered, not, uploaded, half] = [
      await aPaidOrder(),
      await aPaidOrder(),
      await aPaidOrder({ app: "mini" }),
      await aPaidOrder({ app: "mini" }),
    ];
    await it.report(it.aReport(delivered));
    await it.report(it.aReport(not, { deliver_status: "0", deliver_msg: "该商品已退款" }));
    await it.upload(it.anUpload(uploaded));
    const part = { delivery_mode: 2, is_all_delivered: false, shipping_list: [aParcel("ZT1")] };
    await it.upload(it.anUpload(half, part));

    await sandbox.clock({ advanceMs: 72 * hourMs });

    await expect.poll(() => arrived().length).toBe(1);
    for (const { outTradeNo } of [delivered, not, uploaded])
      expect(await sandbox.alarms(outTradeNo)).toEqual([]);
    expect(arrived()).toMatchObject([
      { AppId: sandbox.merchant.miniAppId, AlarmContent: `transaction_id=${half.transactionId}` },
    ]);
  });

  test("comes also for what was refunded in full, and for each of two payments", async () => {
    await fromNowOn();
    const refunded = await aPaidOrder();
    const twice = await aPaidOrder({ twice: true });
    await sandbox.portalRefund({ outTradeNo: refunded.outTradeNo, refundFen: 8800, settleMs: 0 });

    await sandbox.clock({ advanceMs: 72 * hourMs + 1_000 });

    await expect.poll(() => arrived().length).toBe(3);
    const contents = [refunded.transactionId, ...twice.transactionIds].map((one) => `transaction_id=${one}`);
    expect(
      arrived()
        .map((one) => one.AlarmContent)
        .sort(),
    ).toEqual(contents.sort());
  });

  test("is not repeated after a restart, and one that fell due meanwhile is raised", async () => {
    await fromNowOn(hourMs);
    const { outTradeNo } = await aPaidOrder();
    await sandbox.clock({ advanceMs: hourMs });
    await expect.poll(() => arrived().length).toBe(1);
    const later = await aPaidOrder();

    await sandbox.kill();
    await sandbox.restart(100_000); // 36 ms for an hour: it is late as soon as anybody looks.
    await expect.poll(() => arrived().length).toBe(2);

    expect(await sandbox.alarms(outTradeNo)).toHaveLength(1);
    expect(await sandbox.alarms(later.outTradeNo)).toHaveLength(1);
  });

  test("never comes when it is told so", async () => {
    const { outTradeNo } = await aPaidOrder();

    await sandbox.clock({ advanceMs: 300 * 24 * hourMs });

    expect(await sandbox.alarms(outTradeNo)).toEqual([]);
  });
});
