import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { phone, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { fillRecipient, orderInBrowser } from "@/tests/support/order-in-browser";
import { words } from "@/tests/support/shop-words";

const zh = words["zh-CN"];
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

test("a buyer on a phone pays by H5 through the cashier and comes back to a paid order", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh);
  await expectAccessible();

  await page.getByRole("button", { name: /^微信支付 ¥78\.00/ }).click();
  await page.getByRole("button", { name: "确认支付 ¥78.00" }).click();
  await page.getByRole("link", { name: "完成" }).click();

  await page.waitForURL(/\/orders\/\d+\?from=cashier$/);
  await page.getByRole("status").getByText("已付款").waitFor();
  await expectAccessible();
  expect(await page.getByText(zh.order.received).count()).toBe(1);
  expect(await page.getByRole("button", { name: /微信支付/ }).count()).toBe(0);
  await leave();
});

test("back without having paid, a buyer is asked, told the truth, and can pay again", async () => {
  const { page, expectAccessible, leave } = await visit(browser, {
    ...phone,
    locale: "zh-CN",
    colorScheme: "dark",
  });
  await orderInBrowser(page, running.url, zh);
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("button", { name: "取消支付" }).click();

  await page.getByRole("heading", { name: zh.pay.returnedTitle }).waitFor();
  await expectAccessible();
  await page.getByRole("button", { name: zh.pay.done }).click();
  await page.getByText(zh.pay.notYet).waitFor();
  expect(await page.getByRole("status").getByText("待付款").count()).toBe(1);

  await page.getByRole("button", { name: zh.pay.again }).click();
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("button", { name: /^确认支付/ }).click();
  await page.getByRole("link", { name: "完成" }).click();
  await page.getByRole("status").getByText("已付款").waitFor();
  await leave();
});

test("without JavaScript a buyer pays by a form: WeChat's page, or a code", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN", javaScriptEnabled: false });
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  await fillRecipient(page, zh);
  await page.getByRole("button", { name: zh.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);

  await page.locator("noscript button[value=NATIVE]").click();
  expect(await page.locator("noscript svg[data-code]").getAttribute("data-code")).toMatch(/^weixin:/);
  await page.locator("noscript button[value=MWEB]").click();
  await page.locator("noscript a.weui-btn_primary").click();
  await page.getByRole("button", { name: /^确认支付/ }).click();
  await page.getByRole("link", { name: "完成" }).click();

  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByRole("status").getByText("已付款").waitFor();
  await leave();
});

test("a buyer who leaves WeChat's page by the back button finds the order as it is, and pays it", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh);
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("button", { name: /^确认支付/ }).waitFor();
  await page.goBack();

  await page.getByRole("heading", { name: zh.pay.returnedTitle }).waitFor();
  await page.getByRole("button", { name: zh.pay.again }).click();
  await page.getByText(zh.pay.unpaid).waitFor();
  expect(await page.getByText(zh.pay.otherWays).count()).toBe(1);
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("button", { name: /^确认支付/ }).click();
  await page.getByRole("link", { name: "完成" }).click();
  await page.getByRole("status").getByText("已付款").waitFor();
  await leave();
});
