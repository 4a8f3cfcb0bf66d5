import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postXml } from "@/lib/wechat/merchant";
import { readRefundResult } from "@/lib/wechat/refund-result";
import { startReceiver } from "@/tests/support/notify-receiver";
import { clientsOf, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call, newNumber } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
let clients: ReturnType<typeof clientsOf>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  sandbox = await startSandbox();
  clients = clientsOf(sandbox, { readTimeoutMs: 1_500 });
});
afterAll(async () => {
  await clients.close();
  await sandbox.stop();
});
beforeEach(async () => {
  receiver = await startReceiver();
  await sandbox.refundSettings({ settleMs: null, gapMs: 60_000, notifyUrl: null }); // Nothing ends unless a test ends it.
});
afterEach(async () => {
  await sandbox.disarm();
  await sandbox.clock({ reset: true });
  await receiver.stop();
});

const notifyUrl = () => receiver.url.replace("/api/notify", "/api/notify/refund");

async function aPaidOrder(of: { totalFen?: number; couponFen?: number } = {}) {
  const fields = anOrder({ total_fee: String(of.totalFen ?? 8800), notify_url: receiver.url });
  const outTradeNo = fields.out_trade_no;
  await call(sandbox, "/pay/unifiedorder", fields);
  const { transactionIds } = await sandbox.pay({ outTradeNo, couponFen: of.couponFen });
  receiver.received.length = 0;
  return { outTradeNo, transactionId: transactionIds[0] ?? "" };
}

type Given = Record<string, string | undefined>;
function requestOf(given: Given): Record<string, string> {
  const { appId, mchId, signType } = sandbox.merchant;
  const whole = { appid: appId, mch_id: mchId, nonce_str: "n0nce", sign_type: signType, ...given };
  return Object.fromEntries(
    Object.entries(whole).filter((one): one is [string, string] => one[1] !== undefined),
  );
}

/** POST /secapi/pay/refund as the shop's own client sends it. */
const refund = (given: Given) =>
  postXml(clients.merchant, {
    name: "refund",
    path: "/secapi/pay/refund",
    request: requestOf({
      out_refund_no: `RF${newNumber()}`,
      total_fee: "8800",
      refund_fee: "1200",
      refund_desc: "缺货",
      notify_url: notifyUrl(),
      ...given,
    }),
    withCertificate: true,
  });
const query = (given: Given) =>
  postXml(clients.merchant, { name: "refundquery", path: "/pay/refundquery", request: requestOf(given) });
const resultOf = (body: string) => readRefundResult(Buffer.from(body), { apiKey: sandbox.merchant.apiKey });

test("a refund is accepted, settles, is told, and can be asked about", async () => {
  const { outTradeNo, transactionId } = await aPaidOrder();
  const outRefundNo = `RF${newNumber()}`;

  const accepted = await refund({ out_trade_no: outTradeNo, out_refund_no: outRefundNo });
  const processing = await query({ out_refund_no: outRefundNo });
  const { refund: settled } = await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
  const done = await query({ out_refund_no: outRefundNo });

  expect(accepted).toMatchObject({
    transaction_id: transactionId,
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    refund_id: settled.refundId,
    refund_fee: "1200",
    settlement_refund_fee: "1200",
    total_fee: "8800",
    settlement_total_fee: "8800",
    fee_type: "CNY",
    cash_fee: "8800",
    cash_fee_type: "CNY",
    cash_refund_fee: "1200",
    coupon_refund_fee: "0",
    coupon_refund_count: "0",
  });
  expect(settled.refundId).toMatch(/^50[0-9]{26}$/);
  expect(processing).toMatchObject({
    refund_status_0: "PROCESSING",
    refund_fee_0: "1200",
    refund_count: "1",
  });
  expect(processing).not.toHaveProperty("refund_success_time_0");
  expect(done).toMatchObject({
    transaction_id: transactionId,
    out_trade_no: outTradeNo,
    total_refund_count: "1",
    out_refund_no_0: outRefundNo,
    refund_id_0: settled.refundId,
    refund_channel_0: "ORIGINAL",
    refund_status_0: "SUCCESS",
    refund_account_0: "REFUND_SOURCE_UNSETTLED_FUNDS",
    refund_recv_accout_0: "支付用户零钱",
  });
  expect(done.refund_success_time_0).toMatch(/^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$/);
  expect(receiver.received).toHaveLength(1);
  expect(resultOf(receiver.received[0]?.body ?? "")).toMatchObject({
    kind: "verified",
    result: {
      appId: sandbox.merchant.appId,
      mchId: sandbox.merchant.mchId,
      transactionId,
      outTradeNo,
      outRefundNo,
      refundId: settled.refundId,
      status: "SUCCESS",
      totalFen: 8800,
      refundFen: 1200,
      refundRecvAccout: "支付用户零钱",
      refundAccount: "REFUND_SOURCE_UNSETTLED_FUNDS",
      refundRequestSource: "API",
      successAt: new Date(Math.floor(Date.parse(settled.settledAt ?? "") / 1000) * 1000),
    },
  });
  expect(await sandbox.refunds(outTradeNo)).toMatchObject([
    { outRefundNo, refundFen: 1200, status: "SUCCESS", source: "API", asked: 1, executed: 1 },
  ]);
  expect(await sandbox.order(outTradeNo)).toMatchObject({
    tradeState: "REFUND",
    refundedFen: 1200,
    liveRefundFen: 1200,
  });
});

describe("how it ends", () => {
  test("by itself, after a while", async () => {
    const { outTradeNo } = await aPaidOrder();
    await sandbox.refundSettings({ settleMs: 20 });

    await refund({ out_trade_no: outTradeNo });
    await receiver.waitFor(1);

    expect((await sandbox.refunds(outTradeNo))[0]).toMatchObject({ status: "SUCCESS", settleAt: null });
  });
});
