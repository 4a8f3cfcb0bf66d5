import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import common from "@/messages/en/common.json";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { words } from "@/tests/support/shop-words";

let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

const { "zh-CN": zh, en } = words;
const filled = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const cards = (page: Page) => page.getByRole("main").getByRole("listitem").locator("a[href^='/products/']");
const linesOf = () => running.shop.sql<{ sku: string; quantity: number }[]>`
  SELECT v.sku, l.quantity FROM cart_lines l JOIN variants v ON v.id = l.variant_id ORDER BY l.created_at DESC, v.sku`;

describe.each([
  { named: "on a phone", options: { ...phone, locale: "zh-CN" }, say: zh },
  { named: "at a desk", options: { ...desktop, locale: "en-US", colorScheme: "dark" as const }, say: en },
  { named: "without JavaScript", options: { ...phone, locale: "zh-CN", javaScriptEnabled: false }, say: zh },
])("$named", ({ options, say }) => {
  const hasScript = !("javaScriptEnabled" in options);

  test("goods are searched, browsed by category, and found again when nothing is", async () => {
    const { page, expectAccessible, leave } = await visit(browser, options);
    const { catalogue } = say;
    const search = page.getByRole("searchbox", { name: catalogue.search });
    await page.goto(running.url);
    expect(await cards(page).count()).toBe(6);

    await search.fill("龙井");
    await search.press("Enter");
    await page.getByRole("heading", { name: filled(catalogue.results, { search: "龙井" }) }).waitFor();
    expect(await cards(page).count()).toBe(1);
    expect(await search.inputValue()).toBe("龙井");
    if (hasScript) await expectAccessible();

    await page.getByRole("link", { name: "文房纸笔" }).click();
    await page.getByRole("heading", { name: filled(catalogue.noneFound, { search: "龙井" }) }).waitFor();
    if (hasScript) await expectAccessible();
    await page.getByRole("link", { name: catalogue.searchAll }).click();
    await page.waitForURL((url) => !url.search.includes("category"));
    await cards(page).first().waitFor();
    expect(await cards(page).count()).toBe(1);

    await page.goto(`${running.url}/?category=tea`);
    const open = page.getByRole("link", { name: "茶与茶器" });
    expect(await open.getAttribute("aria-current")).toBe("page");
    expect(await cards(page).count()).toBe(2);
    await leave();
  });

  test("a variant and a number go into the cart, or straight to the checkout", async () => {
    await running.shop.sql`DELETE FROM cart_lines`;
    const { page, expectAccessible, leave } = await visit(browser, options);
    const { product } = say;
    const quantity = page.getByLabel(product.quantity, { exact: true });
    await page.goto(`${running.url}/products/spring-tea`);
    await page.getByRole("radio", { name: "125 克" }).check();
    if (hasScript) {
      await page.getByRole("button", { name: product.fewer }).click();
      await page.getByRole("button", { name: product.more }).click({ clickCount: 2 });
      expect(await quantity.inputValue()).toBe("3");
    }

    await quantity.fill("10000");
    await page.getByRole("button", { name: product.add }).click();
    await page.locator("#quantity[aria-invalid][aria-describedby]").waitFor();
    expect(await page.locator("#add-feedback").textContent()).not.toBe("");
    expect(await quantity.inputValue()).toBe("10000");
    expect(await page.getByRole("radio", { name: "125 克" }).isChecked()).toBe(true);
    if (hasScript) await expectAccessible();
    expect(await linesOf()).toEqual([]);

    await quantity.fill("2");
    await page.getByRole("button", { name: product.add }).click();
    if (hasScript) {
      await page.getByRole("status").getByRole("link").waitFor();
      await expectAccessible();
      await quantity.fill("3");
    } else {
      await page.waitForURL(/\/cart\?added=TEA-125&way=added$/);
      await page.goto(`${running.url}/products/spring-tea?sku=TEA-125&quantity=3`);
    }
    expect(await linesOf()).toEqual([{ sku: "TEA-125", quantity: 2 }]);

    await page.getByRole("button", { name: product.buy }).click();
    await page.waitForURL(/\/checkout\?/);
    const address = new URL(page.url());
    expect([address.searchParams.get("sku"), address.searchParams.get("quantity")]).toEqual(["TEA-125", "3"]);
    expect(address.searchParams.has("addKey")).toBe(false); // It opens a guest's session.
    if (!hasScript) return leave();
    expect(address.search).toBe("?sku=TEA-125&quantity=3");
    await page.goBack();
    await quantity.waitFor();
    expect(await quantity.inputValue()).toBe("3");
    expect(await page.getByRole("radio", { name: "125 克" }).isChecked()).toBe(true);
    await leave();
  });

  test("what is sold out says so, and shows what else there is", async () => {
    const { sql } = running.shop;
    await sql`UPDATE variants SET on_hand = allocated WHERE sku IN ('BOWL-PLUM', 'BRUSH-3')`;
    const { page, expectAccessible, leave } = await visit(browser, options);
    const { product } = say;

    await page.goto(`${running.url}/products/celadon-bowl?sku=BOWL-PLUM&quantity=1`);
    await page.getByText(product.variantSoldOut).waitFor();
    expect(await page.getByRole("radio", { name: "梅子青" }).isDisabled()).toBe(true);
    expect(await page.getByRole("radio", { name: "粉青" }).isChecked()).toBe(false);
    if (hasScript) await expectAccessible();

    await page.goto(`${running.url}/products/brush-set`);
    expect(await page.getByRole("button", { name: product.soldOut }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: product.buy }).count()).toBe(0);
    await page.getByRole("heading", { name: product.related }).waitFor();
    expect(await cards(page).count()).toBe(4);
    if (hasScript) await expectAccessible();
    await sql`UPDATE variants SET on_hand = 36 WHERE sku IN ('BOWL-PLUM', 'BRUSH-3')`;
    await leave();
  });
});

test("the answer to adding is lost: the page says so, and pressed again it is added once", async () => {
  await running.shop.sql`DELETE FROM cart_lines`;
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await page.goto(`${running.url}/products/celadon-bowl`);
  let lost = 0;
  await page.route("**/products/celadon-bowl", async (route) => {
    if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
    const answer = await route.fetch({ maxRedirects: 0 }); // The shop has it; the buyer learns nothing but the cookie.
    const cookie = answer.headers()["set-cookie"] ?? "";
    return route.fulfill({ status: 200, headers: { "set-cookie": cookie }, body: "<p>a captive portal</p>" });
  });

  await page.getByRole("button", { name: zh.product.add }).click();
  await page.getByText(zh.product.unreachable).waitFor();
  await page.getByRole("button", { name: zh.product.add }).click();
  await page.getByRole("status").getByRole("link").waitFor();

  expect(await linesOf()).toEqual([{ sku: "BOWL-PLUM", quantity: 1 }]);
  await leave();
});

test.each(["/products/no-such-thing", "/?category=gone", "/?cursor=x", "/orders/123", "/orders?before=x"])(
  "%s is not found, in words that need no script",
  async (path) => {
    const answer = await fetch(running.url + path, { headers: { "accept-language": "en" } });

    expect(answer.status).toBe(404);
    const document = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
    expect(document).toContain(common.notFound.title);
    expect(document).toContain('name="robots" content="noindex"');
  },
);
