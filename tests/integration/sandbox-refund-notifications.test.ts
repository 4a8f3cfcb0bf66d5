import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aRefundingMerchant, newRefundNo } from "@/tests/support/refund-at-sandbox";
import type { LedgerOrder } from "@/tests/support/sandbox";
import { readFields } from "@/tests/support/sandbox-call";

let it: Awaited<ReturnType<typeof aRefundingMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aRefundingMerchant();
  sandbox = it.sandbox;
});
beforeEach(() => it.startAfresh());
afterAll(() => it.stop());

const patienceMs = 20_000; // Of tests that wait for what takes a second on an idle machine.
const fail = { body: "<xml><return_code><![CDATA[FAIL]]></return_code></xml>" };

async function anAcceptedRefund(given: Record<string, string | undefined> = {}) {
  const { outTradeNo, transactionId } = await it.aPaidOrder();
  const outRefundNo = newRefundNo();
  const { refund_id } = await it.refund({ out_trade_no: outTradeNo, out_refund_no: outRefundNo, ...given });
  return { outTradeNo, transactionId, outRefundNo, refundId: refund_id ?? "" };
}
const bodies = () => it.receiver.received.map((one) => one.body);
const newest = async (outTradeNo: string) => (await sandbox.order(outTradeNo)).notifications.at(-1);
const triesOf = (one: LedgerOrder["notifications"][0] | undefined) =>
  one?.attempts?.map((tried) => tried.outcome);

test("has WeChat's headers, five open fields without a signature, and the rest encrypted", async () => {
  const { outTradeNo, transactionId, outRefundNo, refundId } = await anAcceptedRefund();

  const { refund } = await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

  expect(it.receiver.received[0]?.headers).toMatchObject({
    "user-agent": "Mozilla/4.0",
    "content-type": "text/xml",
    accept: "*/*",
  });
  const fields = readFields(bodies()[0] ?? "");
  expect(Object.keys(fields)).toEqual(["return_code", "appid", "mch_id", "nonce_str", "req_info"]);
  expect(it.read(bodies()[0])).toEqual({
    kind: "verified",
    result: expect.objectContaining({
      appId: sandbox.merchant.appId,
      mchId: sandbox.merchant.mchId,
      transactionId,
      outTradeNo,
      outRefundNo,
      refundId,
      status: "SUCCESS",
      totalFen: 8800,
      refundFen: 1200,
      settlementTotalFen: 8800,
      settlementRefundFen: 1200,
      refundRecvAccout: "支付用户零钱",
      refundAccount: "REFUND_SOURCE_UNSETTLED_FUNDS",
      refundRequestSource: "API",
      successAt: new Date(Math.floor(Date.parse(refund.settledAt ?? "") / 1000) * 1000),
    }),
  });
  expect(await newest(outTradeNo)).toMatchObject({
    kind: "refund",
    outRefundNo,
    status: "accepted",
    tries: 1,
  });
});

test("goes where the refund says, else where the merchant platform says, else to the payment's site", async () => {
  const addressed = await anAcceptedRefund({ notify_url: "https://elsewhere.example/told" });
  await sandbox.refundSettings({ notifyUrl: "https://platform.example/told" });
  const byPlatform = await anAcceptedRefund({ notify_url: undefined });
  await sandbox.refundSettings({ notifyUrl: null });
  const bySite = await anAcceptedRefund({ notify_url: undefined });

  const urlOf = async (one: { outRefundNo: string }) => (await sandbox.refund(one.outRefundNo))?.notifyUrl;
  expect(await urlOf(addressed)).toBe("https://elsewhere.example/told");
  expect(await urlOf(byPlatform)).toBe("https://platform.example/told");
  expect(await urlOf(bySite)).toBe(it.notifyUrl());
});

test("answered with anything but SUCCESS it comes again on WeChat's schedule", async () => {
  const { outTradeNo, outRefundNo } = await anAcceptedRefund();
  it.receiver.replies.push(fail);
  await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
  const waiting = await newest(outTradeNo);

  await sandbox.clock({ advanceMs: 15_000 });
  await it.receiver.waitFor(2);

  expect(waiting).toMatchObject({ status: "waiting", tries: 1 });
  expect(bodies()[1]).toBe(bodies()[0]);
});

test("can be sent again, by the refund's number, the same bytes", async () => {
  const { outTradeNo, outRefundNo } = await anAcceptedRefund();
  await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

  await sandbox.resend({ outRefundNo, copies: 2 });

  expect(bodies()).toHaveLength(3);
  expect(new Set(bodies()).size).toBe(1);
  expect(await sandbox.refunds(outTradeNo)).toMatchObject([{ executed: 1 }]);
});

describe("a notification that goes wrong on demand", () => {
  test("lost: all sixteen tries, and only a query knows", async () => {
    const { outTradeNo, outRefundNo } = await anAcceptedRefund();

    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", drops: 16 });
    await sandbox.clock({ factor: 100_000 });

    await expect
      .poll(async () => (await newest(outTradeNo))?.status, { timeout: patienceMs })
      .toBe("given_up");
    expect(new Set(triesOf(await newest(outTradeNo)))).toEqual(new Set(["dropped"]));
    expect(bodies()).toEqual([]);
    expect((await it.query({ out_refund_no: outRefundNo })).refund_status_0).toBe("SUCCESS");
  });

  test("doubled: the same message five times at once", async () => {
    const { outRefundNo } = await anAcceptedRefund();

    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", copies: 5 });

    expect(bodies()).toHaveLength(5);
    expect(new Set(bodies()).size).toBe(1);
  });

  test("late, and so the older news comes after the newer", async () => {
    const { outRefundNo } = await anAcceptedRefund();
    await sandbox.settleRefund({ outRefundNo, status: "CHANGE", lateMs: 60_000 });
    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

    await sandbox.clock({ advanceMs: 60_000 });
    await it.receiver.waitFor(2);

    const statuses = bodies().map((body) => {
      const reading = it.read(body);
      return reading.kind === "verified" && reading.result.status;
    });
    expect(statuses).toEqual(["SUCCESS", "CHANGE"]);
  });

  test("reordered: it is there before refund answers", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    it.receiver.replies.push({ afterMs: 100 });
    await sandbox.fault({ call: "refund", kind: "reorder", outTradeNo });

    const { refund_id } = await it.refund({ out_trade_no: outTradeNo });

    expect(it.read(bodies()[0])).toMatchObject({ kind: "verified", result: { refundId: refund_id } });
    expect(await newest(outTradeNo)).toMatchObject({ status: "accepted" });
  });

  test("forged: with another key, once, while the money has really moved", async () => {
    const { outTradeNo, outRefundNo } = await anAcceptedRefund();
    it.receiver.replies.push(fail);

    const { refund } = await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", claim: "forged" });

    expect(it.read(bodies()[0])).toMatchObject({ kind: "forged" });
    expect(await newest(outTradeNo)).toMatchObject({ status: "given_up", tries: 1 });
    expect(refund.status).toBe("SUCCESS");
  });

  const strangers = [
    ["foreign-app", { mchId: true, appId: false }],
    ["foreign-mch", { mchId: false, appId: true }],
  ] as const;
  test.each(strangers)("%s: decrypts, and names somebody else", async (claim, ours) => {
    const { outRefundNo } = await anAcceptedRefund();
    it.receiver.replies.push(fail);

    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", claim });

    const reading = it.read(bodies()[0]);
    if (reading.kind !== "verified") throw new Error(reading.kind);
    expect(reading.result.appId === sandbox.merchant.appId).toBe(ours.appId);
    expect(reading.result.mchId === sandbox.merchant.mchId).toBe(ours.mchId);
  });

  test("return_code FAIL carries nothing to decrypt", async () => {
    const { outRefundNo } = await anAcceptedRefund();

    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", claim: "fail" });

    expect(readFields(bodies()[0] ?? "")).not.toHaveProperty("req_info");
    expect(it.read(bodies()[0])).toMatchObject({ kind: "failed_communication" });
  });

  test("another amount, in the notification only", async () => {
    const { outRefundNo } = await anAcceptedRefund();

    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS", notifyRefundFen: 8800 });

    expect(it.read(bodies()[0])).toMatchObject({ kind: "verified", result: { refundFen: 8800 } });
    expect((await it.query({ out_refund_no: outRefundNo })).refund_fee_0).toBe("1200");
  });

  test("planned beforehand, for a refund that then ends by itself", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.refundPlan({ outTradeNo, settleMs: 0, copies: 2, notifyRefundFen: 1 });

    await it.refund({ out_trade_no: outTradeNo });
    await it.receiver.waitFor(2);

    expect(it.read(bodies()[1])).toMatchObject({ kind: "verified", result: { refundFen: 1 } });
  });

  test("a message and nothing else: the ledger does not change, whatever it says", async () => {
    const { outTradeNo, outRefundNo } = await anAcceptedRefund();
    const before = await sandbox.refund(outRefundNo);

    await expect(sandbox.refundMessage({ outRefundNo })).rejects.toThrow("PROCESSING");
    await sandbox.refundMessage({ outRefundNo, status: "SUCCESS", notifyRefundFen: 8800 });

    expect(it.read(bodies()[0])).toMatchObject({
      kind: "verified",
      result: { status: "SUCCESS", refundFen: 8800, successAt: expect.any(Date) },
    });
    expect(await sandbox.refund(outRefundNo)).toEqual(before);
    expect((await sandbox.order(outTradeNo)).refundedFen).toBe(0);
  });
});
