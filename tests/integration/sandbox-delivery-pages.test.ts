import { request } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aDeliveringMerchant } from "@/tests/support/delivery-at-sandbox";

let it: Awaited<ReturnType<typeof aDeliveringMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aDeliveringMerchant();
  sandbox = it.sandbox;
});
afterAll(() => it.stop());

async function page(path: string): Promise<string> {
  return await (await fetch(`${sandbox.merchant.webUrl}${path}`)).text();
}

/** Sends one of the console's forms and answers what the page it leads to will say. */
async function said(path: string, form: Record<string, string>): Promise<string> {
  const token = /name="token" value="([^"]+)"/.exec(await page("/console"))?.[1] ?? "";
  const answer = await request(`${sandbox.merchant.webUrl}/console/${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token, ...form }).toString(),
  });
  await answer.body.dump();
  const to = new URL(String(answer.headers.location), sandbox.merchant.webUrl);
  return to.searchParams.get("said") ?? "";
}

test("an order's page shows what was reported, uploaded and warned of, in both languages", async () => {
  const order = await it.aPaidOrder({ app: "mini" });
  const reported = await it.aPaidOrder();
  const before = await page(`/console/orders/${order.outTradeNo}?lang=zh`);
  await it.upload(it.anUpload(order));
  await it.report(it.aReport(reported, { deliver_status: "0", deliver_msg: "<缺货>" }));
  await sandbox.alarm({ outTradeNo: reported.outTradeNo, description: "发货超时" });

  const zh = await page(`/console/orders/${reported.outTradeNo}?lang=zh`);
  const en = await page(`/console/orders/${order.outTradeNo}?lang=en`);
  const list = await page("/console?lang=en");

  expect(before).toContain("商城还没有报告发货。");
  expect(before).toContain("没有录入发货信息。");
  expect(zh).toContain("未发货");
  expect(zh).toContain("&lt;缺货&gt;");
  expect(zh).toContain("<strong>alarm 1001</strong>");
  expect(zh).toContain("<td>delivernotify</td>");
  expect(en).toContain("All delivered");
  expect(en).toContain("红富士苹果*1");
  expect(list).toContain("<dt>Delivery reports</dt><dd>1</dd>");
  expect(list).toContain("<dt>Alarms</dt><dd>1</dd>");
});

test("forms about deliveries and alarms that make no sense change nothing", async () => {
  const { outTradeNo } = await it.aPaidOrder();
  const settings = await sandbox.alarmSettings();

  expect(await said("alarm", { outTradeNo, errorType: "late" })).toContain("errorType");
  expect(await said("alarm", { outTradeNo, alarmCopies: "0" })).toContain("copies");
  expect(await said("delivery-settings", { url: "ftp://x" })).toContain("url");
  expect(await said("delivery-settings", { lateHours: "-1" })).toContain("lateAfterMs");
  expect(await said("delivery-settings", { knownSeconds: "soon", never: "yes" })).toContain("knownAfterMs");
  expect(await said("confirm-receipt", { outTradeNo: "NONE" })).toContain("nothing was paid");

  expect(await sandbox.alarmSettings()).toEqual(settings);
  expect(await sandbox.alarms(outTradeNo)).toEqual([]);
});

test("the buttons for the usual ones do what they say", async () => {
  const order = await it.aPaidOrder({ app: "mini" });
  const { outTradeNo } = order;
  const token = await it.token("mini");

  expect(await said("alarm", { outTradeNo, usual: "forged" })).toBe("done");
  expect(await said("alarm", { outTradeNo, usual: "twice", naming: "out_trade_no" })).toBe("done");
  expect(await said("expire-token", { app: "mini" })).toBe("done");
  expect((await it.upload(it.anUpload(order), token)).errcode).toBe(42001);
  expect(await said("confirm-receipt", { outTradeNo })).toBe("done");
  expect((await it.upload(it.anUpload(order))).errcode).toBe(10060004);
  expect(await said("delivery-settings", { lateHours: "24", knownSeconds: "5", url: "" })).toBe("done");

  expect((await sandbox.alarms(outTradeNo)).map((one) => one.label)).toEqual([
    "alarm 1001 claim=forged",
    "alarm 1001 copies=2",
  ]);
  expect(await sandbox.alarmSettings()).toEqual({ lateAfterMs: 24 * 60 * 60_000, url: null });
  expect(await sandbox.shippingSettings()).toEqual({ knownAfterMs: 5_000 });
  expect(await said("delivery-settings", { never: "yes" })).toBe("done");
  expect((await sandbox.alarmSettings()).lateAfterMs).toBeNull();
});
