import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addCodes } from "@/lib/deliveries/add-codes";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aTrackingNo } from "@/tests/support/an-order-to-ship";
import { aStaffMember, enterDesk } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { orderInBrowser } from "@/tests/support/order-in-browser";
import { paidOrder } from "@/tests/support/refund-in-browser";
import { words } from "@/tests/support/shop-words";

let browser: Browser;
let running: RunningShop;
let by: { staffId: number; address: string };

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ isAutomatic: true })]);
  by = { staffId: (await aStaffMember(running, "owner")).id, address: "127.0.0.1" };
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

const { "zh-CN": zh, en } = words;
const ship = (orderNo: string, lines: "rest" | { sku: string; quantity: number }[], trackingNo: string) =>
  shipOrder(running.shop, { orderNo, parcel: { kind: "express", trackingNo, lines }, by });

test("a buyer on a phone pays and sees the code on the open page, copies it, and confirms receipt", async () => {
  const { page, leave, expectAccessible, stays } = await visit(browser, { ...phone, locale: "zh-CN" });
  const orderNo = await orderInBrowser(page, running.url, zh, "calligraphy-course");
  await page.request.post(`${running.url}/api/pay`, { data: { orderNo, tradeType: "NATIVE" } });
  const stayed = await stays();

  await running.sandbox.pay({ outTradeNo: `${orderNo}P1` });

  const code = page.getByText(/^KS12-[0-9A-F]{12}$/);
  await code.waitFor();
  await stayed();
  await page.getByRole("status").getByText(zh.deliveries.status.shipped.virtual, { exact: true }).waitFor();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: new RegExp(`^${zh.deliveries.copy} KS12-`) }).click();
  await page.getByText(zh.deliveries.copied).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
  await expectAccessible();

  await page.getByText(zh.deliveries.receive.open, { exact: true }).click();
  await expectAccessible();
  await page.getByRole("button", { name: zh.deliveries.receive.confirm }).click();
  await page.getByText(zh.order.completedText).waitFor();
  await code.waitFor();
  expect(await page.getByRole("link", { name: zh.order.askRefund }).count()).toBe(1);
  await expectAccessible();
  await leave();
});

test("a buyer at a desktop asks to ship once, and the parcels appear on the open page", async () => {
  const { page, leave, expectAccessible, stays } = await visit(browser, { ...desktop, locale: "en-US" });
  const { orderNo } = await paidOrder(page, running);
  await page.goto(`${running.url}/orders/${orderNo}`);
  await page.getByRole("button", { name: en.deliveries.remind.submit }).click();
  await page.getByText(/^The shop was asked to ship\. You can ask again after/).waitFor();
  expect(await page.getByRole("button", { name: en.deliveries.remind.submit }).count()).toBe(0);
  const [row] = await running.shop.sql`SELECT reminders FROM orders WHERE order_no = ${orderNo}`;
  expect(row?.reminders).toBe(1);
  await expectAccessible();
  const stayed = await stays();

  const trackingNo = aTrackingNo();
  await ship(orderNo, [{ sku: "TEA-50", quantity: 2 }], trackingNo);

  await page.getByText(trackingNo).waitFor();
  await stayed();
  await page.getByText(en.order.partlyShippedText).waitFor();
  const parcel = page.getByRole("listitem").filter({ hasText: trackingNo });
  expect(await parcel.textContent()).toContain("YTO Express");
  expect(await parcel.getByRole("list", { name: en.deliveries.lines }).textContent()).toMatch(/× 2$/);
  await expectAccessible();
  await leave();
});

test("without JavaScript the parcels are there, and asking and confirming work", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN", javaScriptEnabled: false });
  const { orderNo } = await paidOrder(page, running);
  const [first, second] = [aTrackingNo(), aTrackingNo()];
  await ship(orderNo, [{ sku: "TEA-50", quantity: 2 }], first);
  await page.goto(`${running.url}/orders/${orderNo}`);
  await page.getByText(first).waitFor();

  await page.getByRole("button", { name: zh.deliveries.remind.submit }).click();
  await page.getByText(/^已提醒商家发货/).waitFor();
  await ship(orderNo, "rest", second);
  await page.goto(`${running.url}/orders/${orderNo}`);
  await page.getByText(second).waitFor();
  await page.getByText(zh.deliveries.receive.open, { exact: true }).click();
  await page.getByRole("button", { name: zh.deliveries.receive.confirm }).click();

  await page.getByText(zh.order.completedText).waitFor();
  expect(await page.getByText(zh.deliveries.status.received, { exact: true }).count()).toBe(2);
  await leave();
});

test.each([
  { language: "zh-CN", locale: "zh-CN", size: phone },
  { language: "en", locale: "en-US", size: desktop },
] as const)(
  "staff store contents, in $language: an empty stock is filled and its order delivered",
  async ({ language, locale, size }) => {
    const say = deskWords[language];
    const desk = await visit(browser, { ...size, locale });
    const { page, expectAccessible } = desk;
    const buyer = await visit(browser, { ...phone, locale: "zh-CN" });
    const { sql } = running.shop;
    const sku = `CODED-${language}`;
    const [product] =
      await sql`INSERT INTO products (slug, title, kind) VALUES (${sku.toLowerCase()}, ${sku}, 'virtual') RETURNING id`;
    await sql`INSERT INTO variants (product_id, sku, title, price_fen, on_hand) VALUES (${product?.id}, ${sku}, '', 100, 50)`;
    await addCodes(running.shop, { sku, text: "STORED-1", by });
    const { orderNo } = await paidOrder(buyer.page, running, [{ sku, quantity: 2 }]);
    await expect.poll(() => sql`SELECT 1 FROM alarms WHERE facts->>'sku' = ${sku}`).toHaveLength(1);

    await enterDesk(page, running, say, "/dashboard/alarms");
    const alarm = page.getByRole("listitem").filter({ hasText: sku });
    await alarm.getByRole("link", { name: say.alarms.contents }).click();
    const row = page.getByRole("row").filter({ hasText: sku });
    await row.getByText(say.contents.add.open).click();
    await expectAccessible();
    await row.getByLabel(say.contents.add.codes).fill("NEW-1\nSTORED-1\nNEW-2\nNEW-1");
    await row.getByRole("button", { name: say.contents.add.submit }).click();

    const answer = page.getByRole("main").getByRole("status").first();
    await answer.waitFor();
    expect(await answer.textContent()).toMatch(
      language === "en" ? /^2 codes added.*: line 4\..*: line 2\.$/ : /2 条.*第 4 行.*第 2 行/,
    );
    await buyer.page.goto(`${running.url}/orders/${orderNo}`);
    await buyer.page.getByText("STORED-1").waitFor();
    await buyer.page.getByText("NEW-1").waitFor();
    await page.reload();
    await row.getByText(language === "en" ? "Running out: 1 left" : "快用完了，还有 1 条").waitFor();
    expect(await page.content()).not.toMatch(/STORED-1|NEW-1|NEW-2/);

    await row.getByText(say.contents.set.open).click();
    await row.getByRole("radio", { name: say.contents.kinds.link }).check();
    await row.getByLabel(say.contents.set.text).fill("http://plain.example/");
    await row.getByRole("button", { name: say.contents.set.submit }).click();
    await page.getByRole("main").getByRole("alert").filter({ hasText: "https://" }).waitFor();
    expect(await row.getByLabel(say.contents.set.text).inputValue()).toBe("http://plain.example/");
    await row.getByLabel(say.contents.set.text).fill("https://safe.example/");
    await row.getByRole("button", { name: say.contents.set.submit }).click();
    await row.getByText(say.contents.kinds.link, { exact: true }).first().waitFor();
    await expectAccessible();
    await desk.leave();
    await buyer.leave();
  },
);
