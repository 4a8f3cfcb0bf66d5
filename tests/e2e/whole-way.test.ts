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
const soon = { timeout: 60_000 }; // A buyer's page asks now and then.
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** The README's pictures: kept when asked for (`npm run screens`), looked at by nobody otherwise. */
async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENS) return;
  await mkdir(process.env.SCREENS, { recursive: true });
  await page.screenshot({ path: `${process.env.SCREENS}/${name}.png` });
}

test("one buyer pays in a mobile browser, another inside WeChat; staff ship, WeChat hears of it, the buyer follows it", async () => {
  await running.shop.sql`INSERT INTO settings (key, value) VALUES ('deliveryUndoSeconds', '0')`;
  const outside = await visit(browser, { ...phone, locale: "zh-CN" });
  const first = await orderInBrowser(outside.page, running.url, zh);
  await outside.page.getByRole("button", { name: /^微信支付/ }).click();
  await outside.page.getByRole("button", { name: /^确认支付/ }).waitFor();
  await picture(outside.page, "cashier");
  await outside.page.getByRole("button", { name: /^确认支付/ }).click();
  await outside.page.getByRole("link", { name: "完成" }).click();
  await outside.page.getByRole("status").getByText("已付款").waitFor();

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
  await desk.page.getByRole("link", { name: first }).click();
  await desk.page.getByRole("heading", { name: new RegExp(first) }).waitFor();

  const { order: say, orderPage, nav } = deskWords["zh-CN"];
  await desk.page.getByRole("link", { name: nav.deliveries, exact: true }).click();
  await desk.page.getByRole("link", { name: second }).waitFor();
  await picture(desk.page, "desk-deliveries");
  await desk.page.getByRole("link", { name: second }).click();
  const summary = new RegExp(`^${orderPage.actions.ship}$`);
  await desk.page.locator("summary", { hasText: summary }).first().click();
  await desk.page.getByLabel(say.deliveries.parcel.trackingNo).fill("SF1234567890123");
  await desk.page.getByRole("button", { name: say.deliveries.actions.ship, exact: true }).click();
  await desk.page.getByText(say.reports.is.reported, { exact: true }).first().waitFor(); // By itself: the desk follows.
  await picture(desk.page, "desk-order");
  const [{ outTradeNo }] = await running.shop.sql<[{ outTradeNo: string }]>`
    SELECT out_trade_no AS "outTradeNo" FROM receipts r JOIN orders o ON o.id = r.order_id WHERE o.order_no = ${second}`;
  expect(await running.sandbox.reports(outTradeNo)).toMatchObject([{ status: 1, copies: 1 }]);
  await inside.page.getByText("SF1234567890123").waitFor(soon);

  await outside.leave();
  await inside.leave();
  await desk.leave();
});
