import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { orderInBrowser } from "@/tests/support/order-in-browser";
import { words } from "@/tests/support/shop-words";

const { en } = words;
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

test("at a desktop a buyer scans the code, and the page turns paid without a reload", async () => {
  const { page, expectAccessible, stays, leave } = await visit(browser, { ...desktop, locale: "en-US" });
  await orderInBrowser(page, running.url, en);
  await page.getByRole("button", { name: "Pay ¥78.00 with WeChat" }).click();
  const code = page.getByRole("img", { name: en.pay.qrAlt });
  await code.waitFor();
  expect(await code.getAttribute("data-code")).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=[\w-]+$/);
  await expectAccessible();
  const stayed = await stays();

  const [cashier] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: en.pay.openCashier }).click(),
  ]);
  await cashier.getByRole("button", { name: "Pay ¥78.00" }).click();
  await cashier.getByRole("heading", { name: "Payment successful" }).waitFor();

  await page.getByRole("status").getByText("Paid", { exact: true }).waitFor();
  await stayed();
  await expectAccessible();
  await leave();
});

test("money that comes in a second time is named and promised back", async () => {
  const { page, leave } = await visit(browser, { ...desktop, locale: "en-US" });
  const orderNo = await orderInBrowser(page, running.url, en);
  await page.getByRole("button", { name: /^Pay ¥/ }).click();
  await page.getByRole("img", { name: en.pay.qrAlt }).waitFor();

  await running.sandbox.pay({ outTradeNo: `${orderNo}P1`, twice: true });

  await page.getByRole("status").getByText("Paid", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("This order was paid twice: ¥78.00 too much.").waitFor();
  await leave();
});
