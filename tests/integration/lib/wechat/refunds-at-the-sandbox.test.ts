import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadCertificates } from "@/lib/sandbox/identity/certificates";
import { WechatError } from "@/lib/wechat/errors";
import { createMerchant } from "@/lib/wechat/merchant";
import { buildRefund, requestRefund } from "@/lib/wechat/refund";
import { queryAllRefunds, queryRefunds } from "@/lib/wechat/refund-query";
import { refundRefusal } from "@/lib/wechat/refund-refusal";
import { unifiedOrder } from "@/lib/wechat/unified-order";
import { clientsOf, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder } from "@/tests/support/sandbox-call";

const folder = mkdtempSync(join(tmpdir(), "zhanggui-other-merchant-"));
let sandbox: SandboxProcess;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  sandbox = await startSandbox();
  clients = clientsOf(sandbox, { readTimeoutMs: 700 });
});
beforeEach(async () => {
  await sandbox.refundSettings({ gapMs: 0, settleMs: null });
  await sandbox.purse({ unsettledFen: 10_000_000 });
});
afterEach(() => sandbox.disarm());
afterAll(async () => {
  await clients.close();
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const asker = () => ({ appId: sandbox.merchant.appId, signType: sandbox.merchant.signType });

async function aPaidOrder(): Promise<string> {
  const { appId, mchId, signType } = sandbox.merchant;
  const own = { appid: appId, mch_id: mchId, nonce_str: "n0nce", sign_type: signType };
  const request = { ...anOrder({ notify_url: "http://127.0.0.1:9/api/notify" }), ...own };
  await unifiedOrder(clients.merchant, request);
  const { transactionIds } = await sandbox.pay({ outTradeNo: request.out_trade_no });
  return transactionIds[0] ?? "";
}

function aRequest(transactionId: string, refundFen = 100) {
  return buildRefund({
    ...asker(),
    mchId: sandbox.merchant.mchId,
    nonce: randomUUID().replaceAll("-", ""),
    transactionId,
    outRefundNo: `RF${randomUUID()}`,
    totalFen: 8800,
    refundFen,
    feeType: "CNY",
    desc: "缺货",
    notifyUrl: "http://127.0.0.1:9/api/notify/refund",
  });
}

const failureOf = async (request: Record<string, string>, merchant = clients.merchant) => {
  const error = await requestRefund(merchant, request).catch((thrown: unknown) => thrown);
  if (error instanceof WechatError) return { error, asks: refundRefusal(error) };
  throw new Error("nothing failed", { cause: error });
};

describe("the shop's own client", () => {
  test("has one refund accepted, however often it asks, and follows it to its end", async () => {
    const request = aRequest(await aPaidOrder());
    const outRefundNo = request.out_refund_no ?? "";
    const ask = () => queryRefunds(clients.merchant, { ...asker(), by: { outRefundNo } });

    const unknown = await ask();
    const [first, second] = [
      await requestRefund(clients.merchant, request),
      await requestRefund(clients.merchant, request),
    ];
    const processing = await ask();
    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
    const done = await ask();

    expect(unknown).toBeNull();
    expect(second.refundId).toBe(first.refundId);
    expect(processing?.refunds).toMatchObject([
      { outRefundNo, refundId: first.refundId, refundFen: 100, status: "PROCESSING", successAt: null },
    ]);
    expect(done?.refunds).toMatchObject([
      { status: "SUCCESS", refundRecvAccout: "支付用户零钱", successAt: expect.any(Date) },
    ]);
    expect(await sandbox.refund(outRefundNo)).toMatchObject({ asked: 2, executed: 1 });
  });

  test.each(["CHANGE", "REFUNDCLOSE"] as const)("reads that one ended as %s", async (status) => {
    const request = aRequest(await aPaidOrder());
    const outRefundNo = request.out_refund_no ?? "";
    await requestRefund(clients.merchant, request);
    await sandbox.settleRefund({ outRefundNo, status });

    const answer = await queryRefunds(clients.merchant, { ...asker(), by: { outRefundNo } });

    expect(answer?.refunds).toMatchObject([{ status }]);
  });

  test("reads all of twenty-three refunds, those made in the portal too", async () => {
    const transactionId = await aPaidOrder();
    const none = await queryAllRefunds(clients.merchant, { ...asker(), transactionId });
    const numbers: string[] = [];
    for (let n = 0; n < 22; n++) {
      const { outRefundNo } = await requestRefund(clients.merchant, aRequest(transactionId));
      numbers.push(outRefundNo);
    }
    const { outRefundNo: byHand } = await sandbox.portalRefund({ transactionId, refundFen: 700 });

    const all = await queryAllRefunds(clients.merchant, { ...asker(), transactionId });

    expect(none).toBeNull();
    expect(all).toMatchObject({ transactionId, totalFen: 8800, totalCount: 23 });
    expect(new Set(all?.refunds.map(({ outRefundNo }) => outRefundNo))).toEqual(
      new Set([...numbers, byHand]),
    );
    expect(all?.refunds.reduce((sum, { refundFen }) => sum + refundFen, 0)).toBe(2900);
  });
});

describe("a refund that is not accepted", () => {
  test("for want of money waits for money, and is then accepted with the same number", async () => {
    const request = aRequest(await aPaidOrder(), 8800);
    await sandbox.purse({ unsettledFen: 0, rechargeFen: 0 });

    const { asks } = await failureOf(request);
    await sandbox.purse({ unsettledFen: 8800 });

    expect(asks).toBe("not_enough");
    expect((await requestRefund(clients.merchant, request)).refundFen).toBe(8800);
  });

  test("because it is more than is left is for a person", async () => {
    const transactionId = await aPaidOrder();
    await requestRefund(clients.merchant, aRequest(transactionId, 8000));

    const { error, asks } = await failureOf(aRequest(transactionId, 900));

    expect([error.kind, asks]).toEqual(["refused", "person"]);
  });

  test("with another merchant's certificate, or none, has trouble with its certificate", async () => {
    const request = aRequest(await aPaidOrder());
    const { files } = await loadCertificates({ folder, mchId: "1900009999" });
    const identities = [
      { certFile: files.merchantCertificate, keyFile: files.merchantKey },
      { certFile: null, keyFile: null },
    ];

    for (const identity of identities) {
      const merchant = createMerchant({ ...sandbox.merchant, ...identity });
      expect((await failureOf(request, merchant)).asks).toBe("certificate");
      await merchant.transport.close();
    }
    expect(await sandbox.refund(request.out_refund_no ?? "")).toBeNull();
  });
});

describe("whatever goes wrong on the way", () => {
  test.each([
    ["system-error", "again"],
    ["system-error-after", "again"],
    ["frequency-limited", "slower"],
    ["cert-error", "certificate"],
    ["timeout", "again"],
    ["timeout-before", "again"],
    ["reset", "again"],
    ["reset-before", "again"],
    ["bad-gateway", "again"],
    ["forged-answer", "again"],
    ["unsigned-answer", "again"],
    ["garbage", "again"],
  ] as const)("%s: the same request again is one refund (%s)", async (kind, expected) => {
    const request = aRequest(await aPaidOrder());
    await sandbox.fault({ call: "refund", kind });

    const { asks } = await failureOf(request);
    const accepted = await requestRefund(clients.merchant, request);

    expect(asks).toBe(expected);
    const refund = await sandbox.refund(request.out_refund_no ?? "");
    expect(refund).toMatchObject({ refundId: accepted.refundId, executed: 1 });
  });

  test.each<[string, string, string]>([
    ["ERROR", "今日退款金额已达上限", "quota"],
    ["USER_ACCOUNT_ABNORMAL", "用户帐户异常，退款失败", "by_hand"],
    ["INVALID_REQ_TOO_MUCH", "无效请求过多", "slower"],
    ["BIZERR_NEED_RETRY", "请重新发起", "again"],
  ])("%s (%s) asks for: %s", async (code, text, expected) => {
    const request = aRequest(await aPaidOrder());
    await sandbox.fault({ call: "refund", kind: "error", options: { code, text } });

    expect((await failureOf(request)).asks).toBe(expected);
  });
});
