import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { visit, wechat } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { orderInBrowser } from "@/tests/support/order-in-browser";
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

test("inside WeChat a guest is signed in on the way and pays through the bridge; the page turns paid by itself", async () => {
  const { page, expectAccessible, stays, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh, "celadon-bowl");
  expect(await page.getByRole("radio", { name: zh.pay.ways.JSAPI }).isChecked()).toBe(true);

  await page.getByRole("button", { name: /^微信支付/ }).click();
  const cashier = page.frameLocator("iframe");
  await cashier.getByRole("button", { name: /^确认支付/ }).waitFor();
  const stayed = await stays();
  await cashier.getByRole("button", { name: /^确认支付/ }).click();
  await cashier.getByRole("button", { name: "完成" }).click();

  await page.getByRole("status").getByText("已付款").waitFor();
  await stayed();
  await expectAccessible();
  const [payment] = await running.shop
    .sql`SELECT trade_type, status, openid FROM payments ORDER BY id DESC LIMIT 1`;
  expect(payment).toMatchObject({ trade_type: "JSAPI", status: "paid", openid: expect.stringMatching(/./) });
  await leave();
});

test("who closes WeChat's sheet keeps the order and is offered the other ways", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh, "one-fen");
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.frameLocator("iframe").getByRole("button", { name: "取消支付" }).click();
  await page.getByText(zh.pay.cancelled).waitFor();
  expect(await page.getByText(zh.pay.otherWays).count()).toBe(1);
  await expectAccessible();
  await page.getByRole("radio", { name: zh.pay.ways.NATIVE }).check();
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("img", { name: zh.pay.qrAlt }).waitFor();
  await leave();
});
