import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "@/tests/support/browser";
import { aDeliveringMerchant } from "@/tests/support/delivery-at-sandbox";
import { startReceiver } from "@/tests/support/notify-receiver";

const patience = { timeout: 20_000 };
let browser: Browser;
let it: Awaited<ReturnType<typeof aDeliveringMerchant>>;
let site: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  [browser, it, site] = await Promise.all([launchBrowser(), aDeliveringMerchant(), startReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([it.stop(), site.stop()]);
});

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

test.each([
  [{ width: 1280, height: 900 }, "zh-CN"],
  [{ width: 390, height: 844 }, "en-US"],
] as const)(
  "at %j in %s the console warns the shop, ends a token and confirms a receipt",
  async (viewport, locale) => {
    const { sandbox } = it;
    const zh = locale === "zh-CN";
    const context = await browser.newContext({ viewport, locale });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    const order = await it.aPaidOrder({ app: "mini", notifyUrl: site.url });
    const reported = await it.aPaidOrder({ notifyUrl: site.url });
    await it.upload(it.anUpload(order));
    await it.report(it.aReport(reported));
    const token = await it.token("mini");

    await page.goto(`${sandbox.merchant.webUrl}/console/orders/${order.outTradeNo}`);
    await expectAccessible(page);
    await page.getByText("红富士苹果*1").waitFor();
    await page.getByLabel(zh ? "告警描述" : "Description").fill("发货超时了");
    await page.getByLabel(zh ? "如何指明订单" : "names the order by").selectOption("out_trade_no");
    await page.getByRole("button", { name: zh ? "同一告警发两次" : "The same twice" }).click();
    await page.getByRole("status").waitFor();
    await expect
      .poll(async () => (await sandbox.alarms(order.outTradeNo))[0]?.status, patience)
      .toBe("accepted");
    await page.getByRole("button", { name: zh ? "买家确认收货" : "The buyer confirms" }).click();
    await page.getByRole("status").waitFor();
    await page.goto(`${sandbox.merchant.webUrl}/console/orders/${reported.outTradeNo}`);
    await page.getByRole("cell", { name: zh ? "已发货" : "Delivered", exact: true }).waitFor();
    await expectAccessible(page);
    await page.goto(`${sandbox.merchant.webUrl}/console`);
    await expectAccessible(page);
    await page.getByRole("button", { name: zh ? "小程序凭证立即过期" : "Expire the mini program" }).click();
    await page.getByRole("status").waitFor();
    await page.getByLabel(zh ? "多少小时未报告" : "so many hours after").fill("24");
    await page.getByRole("button", { name: zh ? "保存发货与告警设置" : "Save delivery" }).click();

    await expect
      .poll(async () => (await sandbox.alarmSettings()).lateAfterMs, patience)
      .toBe(24 * 60 * 60_000);
    expect((await it.upload(it.anUpload(order), token)).errcode).toBe(42001);
    expect((await it.upload(it.anUpload(order))).errcode).toBe(10060004);
    const warnings = site.received.filter((one) => one.body.includes(`out_trade_no=${order.outTradeNo}`));
    expect(warnings.map((one) => one.path)).toEqual(["/api/alarm", "/api/alarm"]);
    expect(problems).toEqual([]);
    await context.close();
  },
);
