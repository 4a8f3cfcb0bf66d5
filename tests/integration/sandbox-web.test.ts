import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jsapiParametersFor } from "@/tests/support/jsapi-parameters";
import { startReceiver } from "@/tests/support/notify-receiver";
import { type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  sandbox = await startSandbox();
  receiver = await startReceiver();
});
beforeEach(() => sandbox.clock({ reset: true }));
afterAll(async () => {
  await sandbox.stop();
  await receiver.stop();
});

const shop = "http://localhost:3000";
const site = JSON.stringify({ h5_info: { type: "Wap", wap_url: shop, wap_name: "示例店" } });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, sandbox.merchant.webUrl), {
    headers: { "accept-language": "zh-CN", ...headers },
    redirect: "manual",
  });
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(new URL(path, sandbox.merchant.webUrl), {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
    redirect: "manual",
  });

async function h5Order() {
  const fields = anOrder({
    trade_type: "MWEB",
    product_id: undefined,
    scene_info: site,
    notify_url: receiver.url,
  });
  const answer = await call(sandbox, "/pay/unifiedorder", fields);
  return {
    outTradeNo: fields.out_trade_no,
    mwebUrl: answer.mweb_url ?? "",
    prepayId: answer.prepay_id ?? "",
  };
}
async function jsapiOrder(signType?: string) {
  const { openid } = await sandbox.code();
  const fields = anOrder({ trade_type: "JSAPI", product_id: undefined, openid, notify_url: receiver.url });
  const answer = await call(sandbox, "/pay/unifiedorder", fields, { signType });
  return { outTradeNo: fields.out_trade_no, prepayId: answer.prepay_id ?? "" };
}

describe("the H5 cashier", () => {
  test("shows merchant, goods and amount, takes the money, and leads back to redirect_url", async () => {
    const { outTradeNo, mwebUrl, prepayId } = await h5Order();
    const back = `${shop}/orders/1?from=wechat`;

    const page = await get(`${mwebUrl}&redirect_url=${encodeURIComponent(back)}`, { referer: `${shop}/` });
    const text = await page.text();
    const paid = await post("/cashier/pay", { prepay_id: prepayId, way: "h5", back, buyer: "zhou" });
    const done = await (await get(paid.headers.get("location") ?? "")).text();

    for (const words of ["示例店", "¥88.00", "示例店-测试", outTradeNo]) expect(text).toContain(words);
    expect(page.headers.get("content-security-policy")).toContain(`form-action 'self' ${shop}`);
    expect(paid.status).toBe(303);
    expect(done).toContain("支付成功");
    expect(done).toContain(`href="${shop}/orders/1?from=wechat"`);
    expect((await sandbox.order(outTradeNo)).tradeState).toBe("SUCCESS");
  });

  test("cancelling takes nothing and goes back at once", async () => {
    const { outTradeNo, prepayId } = await h5Order();

    const answer = await post("/cashier/cancel", { prepay_id: prepayId, way: "h5", back: `${shop}/cart` });

    expect(answer.headers.get("location")).toBe(`${shop}/cart`);
    expect((await sandbox.order(outTradeNo)).tradeState).toBe("NOTPAY");
  });

  test("refuses in WeChat's words what WeChat refuses", async () => {
    const { mwebUrl, outTradeNo } = await h5Order();
    const referer = `${shop}/`;
    const text = async (path: string, headers: Record<string, string> = { referer }) =>
      (await get(path, headers)).text();

    expect(await text(mwebUrl, {})).toContain("商家参数格式有误，请联系商家解决");
    expect(await text(mwebUrl, { referer, "user-agent": "MicroMessenger/8.0" })).toContain(
      "请在微信外打开订单",
    );
    const elsewhere = `${mwebUrl}&redirect_url=${encodeURIComponent("https://evil.example/")}`;
    expect(await text(elsewhere)).toContain("商家存在未配置的参数");
    expect(await text(`${mwebUrl}&redirect_url=javascript:alert(1)`)).toContain("商家存在未配置的参数");
    await sandbox.clock({ advanceMs: 5 * 60_000 });
    expect(await text(mwebUrl)).toContain("支付请求已失效，请重新发起支付");
    await sandbox.pay({ outTradeNo, force: true });
    expect(await text(mwebUrl)).toContain("该订单已支付");
  });

  test("never turns an address that is no page into a link", async () => {
    const { prepayId } = await h5Order();
    const form = { prepay_id: prepayId, way: "h5", back: "javascript:alert(1)" };

    const paid = await post("/cashier/pay", form);

    expect(await (await get(paid.headers.get("location") ?? "")).text()).not.toContain("javascript:");
  });

  test("escapes what the shop wrote", async () => {
    const fields = anOrder({ body: '<script>alert("店")</script>' });
    const { code_url } = await call(sandbox, "/pay/unifiedorder", fields);

    const text = await (await get(`/cashier?pr=${new URL(code_url ?? "").searchParams.get("pr")}`)).text();

    expect(text).not.toContain("<script>");
    expect(text).toContain("&lt;script&gt;");
  });

  test("speaks English when asked, and remembers it", async () => {
    const { mwebUrl } = await h5Order();

    const answer = await get(`${mwebUrl}&lang=en`, { referer: shop });

    expect(await answer.text()).toContain("Pay ¥88.00");
    expect(answer.headers.get("set-cookie")).toContain("sandbox_language=en");
    expect(await (await get("/buyers", { cookie: "sandbox_language=en" })).text()).toContain("Who am I");
  });
});

describe("the bridge", () => {
  const check = async (parameters: Record<string, unknown>, origin = shop) => {
    const response = await fetch(`${sandbox.merchant.webUrl}/bridge/check`, {
      method: "POST",
      body: JSON.stringify(parameters),
      headers: { origin },
    });
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    return (await response.json()) as { cashierUrl?: string; refusal?: string };
  };

  test.each(["HMAC-SHA256", "MD5"])("opens the cashier for a right %s paySign", async (signType) => {
    const { prepayId, outTradeNo } = await jsapiOrder(signType);

    const { cashierUrl = "" } = await check(jsapiParametersFor(sandbox, prepayId, signType));
    const page = await get(cashierUrl);

    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain(`frame-ancestors ${shop}`);
    expect(await page.text()).toContain(outTradeNo);
  });

  test("refuses a wrong signature, another algorithm, numbers for texts, and what has lapsed", async () => {
    const { prepayId } = await jsapiOrder();
    const right = jsapiParametersFor(sandbox, prepayId, "HMAC-SHA256");
    const { prepayId: nativePrepay } = await h5Order();

    expect((await check({ ...right, nonceStr: "other" })).refusal).toBe("支付验证签名失败");
    expect((await check(jsapiParametersFor(sandbox, prepayId, "MD5"))).refusal).toBe("支付验证签名失败");
    expect((await check({ ...right, timeStamp: Number(right.timeStamp) })).refusal).toContain("参数");
    expect((await check({ ...right, timestamp: right.timeStamp })).refusal).toContain("参数");
    expect((await check(jsapiParametersFor(sandbox, nativePrepay, "HMAC-SHA256"))).refusal).toContain(
      "total_fee",
    );
    expect((await check(jsapiParametersFor(sandbox, "wxunknown", "HMAC-SHA256"))).refusal).toContain(
      "total_fee",
    );
    await sandbox.clock({ advanceMs: 2 * 60 * 60_000 });
    expect((await check(right)).refusal).toContain("total_fee");
  });

  test("is a script that any of the shop's pages may load", async () => {
    const script = await get("/bridge.js");

    expect(script.headers.get("content-type")).toContain("javascript");
    expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(await script.text()).not.toMatch(/\beval\(|new Function|\.innerHTML|setAttribute\("style"/);
  });
});

describe("signing in", () => {
  const authorize = (changes: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      appid: sandbox.merchant.appId,
      redirect_uri: `${shop}/api/auth/callback/wechat?x=1`,
      response_type: "code",
      scope: "snsapi_base",
      state: "abc123",
      ...changes,
    });
    return `/connect/oauth2/authorize?${query}`;
  };

  test("sends the browser back with a code and the state, as the browser's buyer", async () => {
    const answer = await get(authorize(), { cookie: "sandbox_buyer=zhou" });

    const location = new URL(answer.headers.get("location") ?? "");
    expect(answer.status).toBe(302);
    expect(location.origin + location.pathname).toBe(`${shop}/api/auth/callback/wechat`);
    expect(location.searchParams.get("state")).toBe("abc123");
    expect(location.searchParams.get("x")).toBe("1");
    const { openid } = await sandbox.code({ buyer: "zhou" });
    const { appId, appSecret } = sandbox.merchant;
    const path = `/sns/oauth2/access_token?appid=${appId}&secret=${appSecret}&code=${location.searchParams.get("code")}&grant_type=authorization_code`;
    const { postRaw } = await import("@/tests/support/sandbox-call");
    expect(JSON.parse((await postRaw(sandbox, path, "", { method: "GET" })).text).openid).toBe(openid);
  });

  test("refuses a foreign appid, another order of parameters, a long or odd state, a bad address", async () => {
    const appid = sandbox.merchant.appId;
    const shuffled = `/connect/oauth2/authorize?redirect_uri=${encodeURIComponent(shop)}&appid=${appid}&response_type=code&scope=snsapi_base&state=a`;
    const refused = [
      authorize({ appid: "wx0000000000000000" }),
      authorize({ state: "a".repeat(129) }),
      authorize({ state: "a-b" }),
      authorize({ scope: "snsapi_all" }),
      authorize({ redirect_uri: "javascript:alert(1)" }),
      shuffled,
    ];

    for (const path of refused) expect((await get(path)).status).toBe(400);
  });

  test("a buyer is chosen per browser", async () => {
    const chosen = await post("/buyers", { buyer: "gao" });

    expect(chosen.headers.get("set-cookie")).toContain("sandbox_buyer=gao");
    const page = await (await get("/buyers", { cookie: "sandbox_buyer=gao" })).text();
    expect(page).toMatch(/value="gao" checked/);
  });
});

describe("who may drive the sandbox", () => {
  test("the control API wants its header, POST, JSON and a known name", async () => {
    const control = (name: string, init: RequestInit) =>
      fetch(`${sandbox.merchant.webUrl}/control/${name}`, init);
    const headers = { "x-sandbox-control": "test" };

    expect((await control("state", { method: "POST" })).status).toBe(403);
    expect((await control("state", { headers })).status).toBe(405);
    expect((await control("nothing", { method: "POST", headers })).status).toBe(404);
    expect((await control("pay", { method: "POST", headers, body: "{" })).status).toBe(400);
    const odd = await control("pay", { method: "POST", headers, body: '{"outTradeNo":"a","sideways":true}' });
    expect(odd.status).toBe(400);
    expect(((await odd.json()) as { error: string }).error).toContain("sideways");
    const preflight = await control("pay", {
      method: "OPTIONS",
      headers: { origin: "https://evil.example" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("the console's forms want the page's token, and forms of other sites are refused", async () => {
    const { outTradeNo } = await h5Order();
    const page = await (await get("/console")).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";

    const foreign = await post("/console/pay", { outTradeNo, token }, { origin: "https://evil.example" });
    const without = await post("/console/pay", { outTradeNo });
    const right = await post("/console/pay", { outTradeNo, token }, { origin: sandbox.merchant.webUrl });

    expect(foreign.status).toBe(403);
    expect(without.status).toBe(403);
    expect(right.headers.get("location")).toBe(`/console/orders/${outTradeNo}?said=done`);
    expect((await sandbox.order(outTradeNo)).tradeState).toBe("SUCCESS");
  });

  test("a name that was pointed at this machine is not the sandbox's", async () => {
    const { request } = await import("undici");
    const { port } = new URL(sandbox.merchant.webUrl);

    const answer = await request(`${sandbox.merchant.webUrl}/console`, {
      headers: { host: `evil.example:${port}` },
    });

    expect(answer.statusCode).toBe(421);
    await answer.body.dump();
  });
});

test("the console shows orders newest first, finds one, and shows its tries and calls", async () => {
  const first = await h5Order();
  const second = await h5Order();
  const paid = await sandbox.pay({ outTradeNo: first.outTradeNo });

  const list = await (await get("/console")).text();
  const found = await (await get(`/console?search=${paid.transactionIds[0]}`)).text();
  const order = await (await get(`/console/orders/${first.outTradeNo}`)).text();

  expect(list.indexOf(second.outTradeNo)).toBeLessThan(list.indexOf(first.outTradeNo));
  expect(found).toContain(first.outTradeNo);
  expect(found).not.toContain(second.outTradeNo);
  expect(order).toContain(paid.transactionIds[0]);
  expect(order).toContain("HTTP 200");
  expect(order).toContain("unifiedorder");
  expect((await get("/console/orders/NO_SUCH_NUMBER")).status).toBe(404);
});

test("the console's forms about refunds say what is wrong, and change nothing then", async () => {
  const { outTradeNo } = await h5Order();
  const page = await (await get("/console")).text();
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
  await sandbox.pay({ outTradeNo });
  const purses = await sandbox.purse();
  const settings = await sandbox.refundSettings();
  const said = async (path: string, form: Record<string, string>) => {
    const answer = await post(`/console/${path}`, { token, outTradeNo, ...form });
    return new URL(answer.headers.get("location") ?? "", sandbox.merchant.webUrl).searchParams.get("said");
  };

  expect(await said("portal-refund", { refundFen: "" })).toContain("refundFen");
  expect(await said("portal-refund", { refundFen: "999999" })).toContain("剩余可退金额");
  expect(await said("portal-refund", { refundFen: "1", outcome: "PROCESSING" })).toContain("outcome");
  expect(await said("refund", { outRefundNo: "NONE", status: "SUCCESS" })).toContain("unknown to the ledger");
  expect(await said("refund", { outRefundNo: "NONE", status: "HAPPY" })).toContain("Invalid");
  expect(await said("refund-plan", { copies: "0" })).toContain("copies");
  expect(await said("purse", { unsettledFen: "-1" })).toContain("unsettledFen");
  expect(await said("refund-settings", { gapSeconds: "soon" })).toContain("gapMs");

  expect(await sandbox.refunds(outTradeNo)).toEqual([]);
  expect(await sandbox.purse()).toEqual(purses);
  expect(await sandbox.refundSettings()).toEqual(settings);
  expect((await sandbox.state()).faults).toEqual([]);
});
