import { mkdir } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit, wechat } from "@/tests/support/a-visit";
import { enterDesk } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
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

/** The README's pictures: kept when asked for (`SCREENS=docs/screens npm test`), looked at by nobody otherwise. */
async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENS) return;
  await mkdir(process.env.SCREENS, { recursive: true });
  await page.screenshot({ path: `${process.env.SCREENS}/${name}.png` });
}

test("one buyer pays in a mobile browser, another inside WeChat, and staff see both orders paid", async () => {
  const outside = await visit(browser, { ...phone, locale: "zh-CN" });
  const first = await orderInBrowser(outside.page, running.url, zh);
  await outside.page.getByRole("button", { name: /^微信支付/ }).click();
  await outside.page.getByRole("button", { name: /^确认支付/ }).waitFor();
  await picture(outside.page, "cashier");
  await outside.page.getByRole("button", { name: /^确认支付/ }).click();
  await outside.page.getByRole("link", { name: "完成" }).click();
  await outside.page.getByRole("status").getByText("已付款").waitFor();
  await picture(outside.page, "order-paid");

  const inside = await visit(browser, { ...wechat, locale: "zh-CN" });
  const second = await orderInBrowser(inside.page, running.url, zh, "celadon-bowl");
  await inside.page.getByRole("button", { name: /^微信支付/ }).click();
  const cashier = inside.page.frameLocator("iframe");
  await cashier.getByRole("button", { name: /^确认支付/ }).click();
  await cashier.getByRole("button", { name: "完成" }).click();
  await inside.page.getByRole("status").getByText("已付款").waitFor();

  const desk = await visit(browser, { ...desktop, locale: "zh-CN" });
  await enterDesk(desk.page, running, deskWords["zh-CN"], "/dashboard/orders?status=paid");
  const numbers = await desk.page.getByRole("table").getByRole("link").allInnerTexts();
  expect(numbers).toEqual(expect.arrayContaining([first, second]));
  await picture(desk.page, "desk-orders");
  await desk.page.getByRole("link", { name: first }).click();
  await desk.page.getByRole("heading", { name: new RegExp(first) }).waitFor();
  await picture(desk.page, "desk-order");

  await outside.leave();
  await inside.leave();
  await desk.leave();
});
