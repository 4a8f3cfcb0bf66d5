import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aRefundingMerchant, newRefundNo } from "@/tests/support/refund-at-sandbox";

let it: Awaited<ReturnType<typeof aRefundingMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aRefundingMerchant();
  sandbox = it.sandbox;
});
beforeEach(() => it.startAfresh());
afterAll(() => it.stop());

const unknown = "unknown_result";

describe("a refund whose answer goes wrong after it was executed", () => {
  const executed = [
    ["timeout", "TIMEOUT"],
    ["reset", "NETWORK"],
    ["system-error-after", "SYSTEMERROR"],
    ["garbage", "UNREADABLE"],
    ["unsigned-answer", "UNVERIFIED"],
    ["forged-answer", "UNVERIFIED"],
  ] as const;
  test.each(executed)("%s: unknown to the shop, and the same number changes nothing", async (kind, code) => {
    const { outTradeNo } = await it.aPaidOrder();
    const given = { out_trade_no: outTradeNo, out_refund_no: newRefundNo() };
    await sandbox.fault({ call: "refund", kind, outTradeNo });

    await expect(it.refund(given)).rejects.toMatchObject({ kind: unknown, code });
    const first = await sandbox.refund(given.out_refund_no);
    const { refund_id } = await it.refund(given);

    expect(first).toMatchObject({ executed: 1, asked: 1 });
    expect(await sandbox.refunds(outTradeNo)).toMatchObject([{ refundId: refund_id, executed: 1, asked: 2 }]);
  });
});

describe("a refund that goes wrong before it was executed", () => {
  const before = [
    ["timeout-before", unknown, "TIMEOUT"],
    ["reset-before", unknown, "NETWORK"],
    ["bad-gateway", unknown, "HTTP_STATUS"],
    ["system-error", unknown, "SYSTEMERROR"],
    ["frequency-limited", unknown, "FREQUENCY_LIMITED"],
    ["cert-error", "refused", "CERT_ERROR"],
  ] as const;
  test.each(before)("%s: nothing moves, and the same number works next time", async (fault, kind, code) => {
    const { outTradeNo } = await it.aPaidOrder();
    const given = { out_trade_no: outTradeNo, out_refund_no: newRefundNo() };
    const purse = await sandbox.purse();
    await sandbox.fault({ call: "refund", kind: fault, outTradeNo });

    await expect(it.refund(given)).rejects.toMatchObject({ kind, code });
    const nothing = [await sandbox.refunds(outTradeNo), await sandbox.purse()];
    await it.refund(given);

    expect(nothing).toEqual([[], purse]);
    expect(await sandbox.refunds(outTradeNo)).toMatchObject([{ executed: 1, asked: 2 }]);
  });

  const codes = [
    "USER_ACCOUNT_ABNORMAL",
    "BIZERR_NEED_RETRY",
    "INVALID_REQ_TOO_MUCH",
    "NOTENOUGH",
    "TRADE_OVERDUE",
  ];
  test.each(codes)("error %s, signed", async (code) => {
    const { outTradeNo } = await it.aPaidOrder();
    await sandbox.fault({ call: "refund", kind: "error", outTradeNo, options: { code, text: "如此" } });

    await expect(it.refund({ out_trade_no: outTradeNo })).rejects.toMatchObject({ code, text: "如此" });

    expect(await sandbox.refunds(outTradeNo)).toEqual([]);
  });
});

describe("a fault for one refund", () => {
  test("strikes by its own number, by its order's, and by a transaction id that was asked with", async () => {
    const { outTradeNo, transactionId } = await it.aPaidOrder();
    const out_refund_no = newRefundNo();

    await sandbox.fault({ call: "refund", kind: "system-error", outTradeNo: out_refund_no });
    const byRefund = await it.askRefund({ transaction_id: transactionId, out_refund_no });
    await sandbox.fault({ call: "refund", kind: "system-error", outTradeNo });
    const byOrder = await it.askRefund({ transaction_id: transactionId, out_refund_no });
    const spared = await it.askRefund({ transaction_id: transactionId, out_refund_no });

    expect([byRefund.err_code, byOrder.err_code, spared.err_code]).toEqual([
      "SYSTEMERROR",
      "SYSTEMERROR",
      undefined,
    ]);
    const calls = await sandbox.calls({ outTradeNo, call: "refund" });
    expect(calls.map((one) => [one.outcome, one.outRefundNo])).toEqual([
      ["OK", out_refund_no],
      ["SYSTEMERROR", out_refund_no],
      ["SYSTEMERROR", out_refund_no],
    ]);
  });
});

describe("refundquery", () => {
  const spoiled = [
    ["timeout", "TIMEOUT"],
    ["timeout-before", "TIMEOUT"],
    ["reset", "NETWORK"],
    ["system-error", "SYSTEMERROR"],
    ["garbage", "UNREADABLE"],
    ["forged-answer", "UNVERIFIED"],
  ] as const;
  test.each(spoiled)("%s: asked again it answers", async (kind, code) => {
    const { outTradeNo } = await it.aPaidOrder();
    const { out_refund_no } = await it.refund({ out_trade_no: outTradeNo });
    await sandbox.fault({ call: "refundquery", kind, outTradeNo });

    await expect(it.query({ out_refund_no })).rejects.toMatchObject({ kind: unknown, code });

    expect((await it.query({ out_refund_no })).refund_status_0).toBe("PROCESSING");
  });

  test("stale: it has not heard of the end yet, once", async () => {
    const { outTradeNo } = await it.aPaidOrder();
    const outRefundNo = newRefundNo();
    await it.refund({ out_trade_no: outTradeNo, out_refund_no: outRefundNo });
    await sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
    await sandbox.fault({ call: "refundquery", kind: "stale" });

    const stale = await it.query({ out_refund_no: outRefundNo });
    const fresh = await it.query({ out_refund_no: outRefundNo });

    expect(stale.refund_status_0).toBe("PROCESSING");
    expect(stale).not.toHaveProperty("refund_success_time_0");
    expect(fresh.refund_status_0).toBe("SUCCESS");
  });
});
