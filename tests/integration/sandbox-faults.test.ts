import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { closeOrder } from "@/lib/wechat/close-order";
import { exchangeCode } from "@/lib/wechat/oauth";
import { queryOrder } from "@/lib/wechat/order-query";
import { unifiedOrder } from "@/lib/wechat/unified-order";
import { startReceiver } from "@/tests/support/notify-receiver";
import { clientsOf, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, newNumber } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  sandbox = await startSandbox();
  clients = clientsOf(sandbox, { readTimeoutMs: 700 });
});
afterEach(() => sandbox.disarm());
afterAll(async () => {
  await clients.close();
  await sandbox.stop();
});

function aRequest(notifyUrl = "http://127.0.0.1:9/api/notify") {
  const { appId, mchId, signType } = sandbox.merchant;
  const request = {
    ...anOrder({ notify_url: notifyUrl }),
    appid: appId,
    mch_id: mchId,
    nonce_str: "n0nce",
    sign_type: signType,
  };
  return { outTradeNo: request.out_trade_no, request };
}
const query = (outTradeNo: string) =>
  queryOrder(clients.merchant, {
    appId: sandbox.merchant.appId,
    outTradeNo,
    signType: sandbox.merchant.signType,
  });

describe("the shop's own client against the sandbox", () => {
  test("orders, queries, pays and closes", async () => {
    const { outTradeNo, request } = aRequest();

    const prepay = await unifiedOrder(clients.merchant, request);
    expect(prepay.codeUrl).toMatch(/^weixin:/);
    expect((await query(outTradeNo)).state).toBe("NOTPAY");
    const close = { appId: sandbox.merchant.appId, outTradeNo, signType: sandbox.merchant.signType };
    expect(await closeOrder(clients.merchant, close)).toBe("too_early");
    await sandbox.pay({ outTradeNo });
    expect(await query(outTradeNo)).toMatchObject({ state: "SUCCESS", totalFen: 8800 });
    expect(await closeOrder(clients.merchant, close)).toBe("paid");
    expect(await closeOrder(clients.merchant, { ...close, outTradeNo: newNumber() })).toBe("not_found");
  });
});

describe("a call that goes wrong after it was executed", () => {
  const executed = [
    ["timeout", "TIMEOUT"],
    ["reset", "NETWORK"],
    ["forged-answer", "UNVERIFIED"],
  ] as const;
  test.each(executed)("%s: an unknown result, and the order exists", async (kind, code) => {
    const { outTradeNo, request } = aRequest();
    await sandbox.fault({ call: "unifiedorder", kind });

    await expect(unifiedOrder(clients.merchant, request)).rejects.toMatchObject({
      kind: "unknown_result",
      code,
    });

    expect((await query(outTradeNo)).state).toBe("NOTPAY");
    expect((await unifiedOrder(clients.merchant, request)).prepayId).toBeTruthy();
  });

  test("closeorder that never answers has closed", async () => {
    const { outTradeNo, request } = aRequest();
    await unifiedOrder(clients.merchant, request);
    await sandbox.clock({ advanceMs: 6 * 60_000 });
    await sandbox.fault({ call: "closeorder", kind: "timeout", outTradeNo });
    const close = { appId: sandbox.merchant.appId, outTradeNo, signType: sandbox.merchant.signType };

    await expect(closeOrder(clients.merchant, close)).rejects.toMatchObject({ code: "TIMEOUT" });
    await sandbox.clock({ reset: true });

    expect((await query(outTradeNo)).state).toBe("CLOSED");
  });

  test("slow: the answer comes, late", async () => {
    const { request } = aRequest();
    await sandbox.fault({ call: "unifiedorder", kind: "slow", options: { delayMs: 300 } });
    const before = Date.now();

    await unifiedOrder(clients.merchant, request);

    expect(Date.now() - before).toBeGreaterThanOrEqual(290);
  });
});

describe("a call that goes wrong before it was executed", () => {
  const refused = [
    ["system-error", "SYSTEMERROR"],
    ["frequency-limited", "FREQUENCY_LIMITED"],
    ["bad-gateway", "HTTP_STATUS"],
  ] as const;
  test.each(refused)("%s: an unknown result, and no order", async (kind, code) => {
    const { outTradeNo, request } = aRequest();
    await sandbox.fault({ call: "unifiedorder", kind });

    await expect(unifiedOrder(clients.merchant, request)).rejects.toMatchObject({
      kind: "unknown_result",
      code,
    });

    expect((await query(outTradeNo)).state).toBe("NOT_FOUND");
  });

  test("error: any code of WeChat's, signed", async () => {
    const { request } = aRequest();
    await sandbox.fault({ call: "unifiedorder", kind: "error", options: { code: "NOAUTH" } });

    await expect(unifiedOrder(clients.merchant, request)).rejects.toMatchObject({
      kind: "refused",
      code: "NOAUTH",
    });
  });
});

test("stale: a query just after the payment still says unpaid, once", async () => {
  const { outTradeNo, request } = aRequest();
  await unifiedOrder(clients.merchant, request);
  await sandbox.pay({ outTradeNo });
  await sandbox.fault({ call: "orderquery", kind: "stale" });

  expect((await query(outTradeNo)).state).toBe("NOTPAY");
  expect((await query(outTradeNo)).state).toBe("SUCCESS");
});

test("reorder: the notification is answered before unifiedorder is", async () => {
  const receiver = await startReceiver([{ afterMs: 200 }]);
  const { outTradeNo, request } = aRequest(receiver.url);
  await sandbox.fault({ call: "unifiedorder", kind: "reorder" });
  const before = Date.now();

  await unifiedOrder(clients.merchant, request);

  expect(Date.now() - before).toBeGreaterThanOrEqual(190);
  expect(receiver.received).toHaveLength(1);
  expect((await sandbox.order(outTradeNo)).notifications[0]?.status).toBe("accepted");
  await receiver.stop();
});

test("a fault for one number leaves the others alone and is used up by its call", async () => {
  const struck = aRequest();
  const spared = aRequest();
  await sandbox.fault({
    call: "unifiedorder",
    kind: "system-error",
    outTradeNo: struck.outTradeNo,
    times: 2,
  });

  await unifiedOrder(clients.merchant, spared.request);
  for (const _ of [1, 2]) {
    await expect(unifiedOrder(clients.merchant, struck.request)).rejects.toMatchObject({
      code: "SYSTEMERROR",
    });
  }
  await unifiedOrder(clients.merchant, struck.request);

  const calls = await sandbox.calls({ outTradeNo: struck.outTradeNo });
  expect(calls.map((one) => one.outcome)).toEqual(["OK", "SYSTEMERROR", "SYSTEMERROR"]);
  expect(calls[1]?.fault).toBe("system-error");
});

test("a code exchange fails as told", async () => {
  const { code } = await sandbox.code();
  const app = { appId: sandbox.merchant.appId, appSecret: sandbox.merchant.appSecret };
  await sandbox.fault({
    call: "access_token",
    kind: "error",
    options: { code: "40163", text: "code been used" },
  });

  await expect(exchangeCode(clients.platform, { ...app, code })).rejects.toMatchObject({ code: "40163" });
  expect((await exchangeCode(clients.platform, { ...app, code })).openid).toBeTruthy();
});

test("a fault that does not exist is refused with what does", async () => {
  await expect(sandbox.fault({ call: "closeorder", kind: "reorder" })).rejects.toThrow(
    "closeorder can be: timeout",
  );
});
