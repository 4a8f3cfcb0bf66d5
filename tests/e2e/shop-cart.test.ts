import { randomUUID } from "node:crypto";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addLine } from "@/lib/cart/add-line";
import { openGuest } from "@/lib/members/open-guest";
import { memberCookie } from "@/lib/members/session";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { words } from "@/tests/support/shop-words";

let browser: Browser;
let running: RunningShop;
const zh = words["zh-CN"].cart;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** The text of a catalogue with its arguments in. */
function say(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A guest with these goods in the cart, in front of it. */
async function aCart(options: BrowserContextOptions, goods: Record<string, number>) {
  const { buyer, token } = await openGuest(running.shop, randomUUID());
  const { memberId } = buyer;
  for (const [sku, quantity] of Object.entries(goods))
    await addLine(running.shop, { memberId, sku, quantity, addKey: randomUUID() });
  const it = await visit(browser, options);
  await it.page.context().addCookies([{ name: memberCookie, value: token, url: running.url }]);
  await it.page.goto(`${running.url}/cart`);
  return {
    ...it,
    memberId,
    total: it.page.locator("output"),
    lines: async () => {
      const rows = await running.shop
        .sql`SELECT sku, quantity FROM cart_lines l JOIN variants v ON v.id = l.variant_id
        WHERE member_id = ${memberId} AND removed_at IS NULL`;
      return Object.fromEntries(rows.map((row) => [row.sku, row.quantity]));
    },
  };
}

/** What the checkout page is asked for. */
async function checkoutOf(page: Page) {
  const { searchParams } = new URL((await page.waitForRequest(/\/checkout\?/)).url());
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
}

const tea = "明前龙井 50 克";

describe.each([
  { locale: "zh-CN", language: "zh-CN", colorScheme: "light", size: phone },
  { locale: "en-US", language: "en", colorScheme: "dark", size: desktop },
] as const)("in $language, $colorScheme", ({ locale, language, colorScheme, size }) => {
  test("each state is without a finding: empty, changed, sold out, taken out, refused", async () => {
    const { cart } = words[language];
    const { sql } = running.shop;
    const goods = { "TEA-50": 2, "BOWL-PLUM": 1, "NOTE-A6": 1, "COURSE-12": 1 };
    const { page, expectAccessible, leave } = await aCart({ ...size, locale, colorScheme }, goods);
    await sql`UPDATE variants SET price_fen = price_fen + 100 WHERE sku = 'TEA-50'`;
    await sql`UPDATE variants SET on_sale = false WHERE sku = 'NOTE-A6'`;
    await page.reload();
    await page.getByText(cart.withdrawn).waitFor();
    await expectAccessible();

    const quantity = page.locator('input[name="quantity"]').last();
    await quantity.fill("10000");
    await quantity.press("Enter");
    await page.locator('input[name="quantity"][aria-invalid]').waitFor();
    await page.getByRole("button", { name: say(cart.removeLabel, { title: "青瓷茶碗 梅子青" }) }).click();
    await page.getByText(cart.restore, { exact: true }).waitFor();
    await expectAccessible();
    await sql`UPDATE variants SET on_sale = true WHERE sku = 'NOTE-A6'`;
    await page.context().clearCookies();
    await page.reload();
    await page.getByText(cart.emptyTitle).waitFor();
    await expectAccessible();
    await leave();
  });
});

test("the total follows the choice, the choice goes to the checkout, and two orders are announced", async () => {
  const { page, total, leave } = await aCart(phone, { "TEA-50": 1, "COURSE-12": 1 });
  await page.getByText(zh.summary.twoOrders).waitFor();
  const all = await total.textContent();

  await page.getByLabel(say(zh.choose, { title: "楷书入门十二讲" })).uncheck();

  await page.getByText(zh.summary.twoOrders).waitFor({ state: "detached" });
  expect(await total.textContent()).not.toBe(all);
  await page.getByLabel(zh.summary.all).check();
  expect(await total.textContent()).toBe(all);
  await page.getByLabel(say(zh.choose, { title: "楷书入门十二讲" })).uncheck();
  const asked = checkoutOf(page);
  await page.getByRole("button", { name: say(zh.summary.submit, { count: 1 }) }).click();
  expect(await asked).toEqual({ from: ["cart"], sku: ["TEA-50"] });
  await leave();
});

test("presses in a row are one change, and a lost answer loses nothing", async () => {
  const { page, lines, leave } = await aCart(phone, { "TEA-50": 1 });
  const more = page.getByRole("button", { name: say(zh.quantity.more, { title: tea }) });
  const quantity = page.getByLabel(say(zh.quantity.label, { title: tea }));
  let posts = 0;
  await page.route("**/cart", async (route) => {
    if (route.request().method() === "POST") posts++;
    if (posts !== 2) return route.continue();
    await route.fetch(); // The shop has it; its answer never arrives.
    return route.abort();
  });

  for (let press = 0; press < 3; press++) await more.click();
  await page.getByRole("button", { name: say(zh.summary.submit, { count: 4 }) }).waitFor();
  expect([posts, await lines()]).toEqual([1, { "TEA-50": 4 }]);
  await more.click();
  await page.getByText(zh.unreachable).waitFor();
  expect(await quantity.inputValue()).toBe("5");
  await quantity.press("Enter");
  await page.getByRole("button", { name: say(zh.summary.submit, { count: 5 }) }).waitFor();
  expect(await lines()).toEqual({ "TEA-50": 5 });

  await more.click();
  await page.getByRole("button", { name: say(zh.summary.submit, { count: 5 }) }).click(); // At once: the checkout waits for the press.
  await page.waitForURL(/\/checkout\?/);
  await page.getByText(/× 6$/).waitFor();
  await leave("ERR_FAILED");
});

test("too many are refused beside the number, which stays as it was typed", async () => {
  const { page, lines, leave } = await aCart(phone, { "TEA-50": 1 });
  const quantity = page.getByLabel(say(zh.quantity.label, { title: tea }));
  for (const [typed, told] of [
    ["10000", words["zh-CN"].product.quantityInvalid],
    ["9999", say(zh.refused.left, { count: 100 })],
  ] as const) {
    await quantity.fill(typed);
    await quantity.press("Enter");
    await page.getByText(told).waitFor();
    expect(await quantity.inputValue()).toBe(typed);
  }
  expect(await lines()).toEqual({ "TEA-50": 1 });

  await quantity.fill("7");
  await quantity.press("Enter");
  await page.getByRole("button", { name: say(zh.summary.submit, { count: 7 }) }).waitFor();
  expect(await page.locator("[aria-invalid]").count()).toBe(0);
  await leave();
});

test("what was taken out is put back where it was by the button that took it out, and a stale tab is told", async () => {
  const { page, lines, leave } = await aCart(phone, { "TEA-50": 2, "BOWL-PLUM": 1 });
  const stale = await page.context().newPage();
  await stale.goto(`${running.url}/cart`);

  const remove = page.getByRole("button", { name: say(zh.removeLabel, { title: tea }), exact: true });
  await remove.focus();
  await page.keyboard.press("Enter");
  const restore = page.getByRole("button", { name: say(zh.restoreLabel, { title: tea }) });
  await restore.waitFor();
  expect(await restore.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await lines()).toEqual({ "BOWL-PLUM": 1 });

  await stale.getByRole("button", { name: say(zh.quantity.more, { title: tea }) }).click();
  await stale.getByText(zh.gone).waitFor();
  expect(await lines()).toEqual({ "BOWL-PLUM": 1 });

  await page.keyboard.press("Enter");
  await remove.waitFor();
  expect(await lines()).toEqual({ "TEA-50": 2, "BOWL-PLUM": 1 });
  await leave();
});

test("a new price is told until the buyer goes on with it; fewer than wanted can be taken by one press", async () => {
  const { page, memberId, leave } = await aCart(phone, { "NOTE-A5": 8 });
  const { sql } = running.shop;
  await sql`UPDATE variants SET price_fen = price_fen - 50, on_hand = 5 WHERE sku = 'NOTE-A5'`;
  await page.reload();
  await page.getByText(say(zh.price.fell, { by: "¥0.50", seen: "¥38.00" })).waitFor();
  expect(await page.getByLabel(say(zh.choose, { title: "线装笔记本 A5" })).isDisabled()).toBe(true);

  await page.getByRole("button", { name: zh.price.accept }).click();
  await page.getByText(say(zh.price.fell, { by: "¥0.50", seen: "¥38.00" })).waitFor({ state: "detached" });
  await page.getByRole("button", { name: say(zh.takeLeft, { count: 5 }) }).click();
  await page.getByRole("button", { name: say(zh.summary.submit, { count: 5 }) }).waitFor();
  const [line] = await sql`SELECT quantity, seen_fen::int FROM cart_lines WHERE member_id = ${memberId}`;
  expect(line).toEqual({ quantity: 5, seen_fen: 3750 });
  await leave();
});

test("without JavaScript all of it works: more, a number, out and back, checkout", async () => {
  const { page, lines, leave } = await aCart(
    { ...phone, javaScriptEnabled: false },
    { "TEA-125": 2, "COURSE-12": 1 },
  );
  const title = "明前龙井 125 克";
  const quantity = page.getByLabel(say(zh.quantity.label, { title }));
  await page.getByRole("button", { name: say(zh.quantity.more, { title }) }).click();
  expect(await lines()).toEqual({ "TEA-125": 3, "COURSE-12": 1 });
  await quantity.fill("61");
  await quantity.press("Enter");
  await page.getByText(say(zh.refused.left, { count: 60 })).waitFor();
  expect(await quantity.inputValue()).toBe("61");
  await quantity.fill("9");
  await page.getByRole("button", { name: zh.quantity.update }).first().click();
  expect(await lines()).toEqual({ "TEA-125": 9, "COURSE-12": 1 });

  await page.getByRole("button", { name: say(zh.removeLabel, { title }) }).click();
  expect(await lines()).toEqual({ "COURSE-12": 1 });
  await page.getByRole("button", { name: say(zh.restoreLabel, { title }) }).click();
  expect(await lines()).toEqual({ "TEA-125": 9, "COURSE-12": 1 });
  await page.getByLabel(say(zh.choose, { title })).uncheck();
  const asked = checkoutOf(page);
  await page.getByRole("button", { name: /^去结算/ }).click();
  expect(await asked).toEqual({ from: ["cart"], sku: ["COURSE-12"] });
  await leave();
});
