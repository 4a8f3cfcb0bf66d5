import { mkdir } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBuyersShelf, type BuyersShelf } from "@/tests/support/a-buyers-shelf";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";

/** Where the pictures are kept when they are asked for (`npm run screens`). */
const folder = process.env.SCREENS ? `${process.env.SCREENS}/shop` : null;

const narrow = { ...phone, viewport: { width: 360, height: 760 } };
const looks = [
  { name: "phone-zh-light", options: { ...narrow, locale: "zh-CN", colorScheme: "light" as const } },
  { name: "desktop-en-dark", options: { ...desktop, locale: "en-US", colorScheme: "dark" as const } },
  // The other half of the pairs is for the pictures only: each page is in order in either half.
  ...(folder
    ? [
        { name: "phone-en-dark", options: { ...narrow, locale: "en-US", colorScheme: "dark" as const } },
        { name: "desktop-zh-light", options: { ...desktop, locale: "zh-CN", colorScheme: "light" as const } },
      ]
    : []),
];

let browser: Browser;
let running: RunningShop;
let shelf: BuyersShelf;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
  shelf = await aBuyersShelf(running);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** Before the visitor is known: what a stranger sees. */
const strange = ["/", "/?q=青瓷", "/?q=nothing-of-that-name", "/cart", "/orders", "/me", "/addresses"];

function rooms(): { name: string; path: string }[] {
  const orders = Object.entries(shelf.orders).map(([name, orderNo]) => ({
    name: `order-${name}`,
    path: `/orders/${orderNo}`,
  }));
  return [
    { name: "catalogue", path: "/" },
    { name: "product", path: "/products/spring-tea" },
    { name: "product-sold-out", path: "/products/brush-set?sku=BRUSH-3&quantity=10000" },
    { name: "cart", path: "/cart" },
    { name: "checkout", path: "/checkout?from=cart&sku=TEA-125&sku=COURSE-12" },
    { name: "checkout-new", path: "/checkout?sku=TEA-50&quantity=2" },
    { name: "addresses", path: "/addresses" },
    { name: "orders", path: "/orders" },
    { name: "orders-to-pay", path: "/orders?show=pay" },
    ...orders,
    { name: "refund-form", path: `/orders/${shelf.orders.paid}/refund` },
    { name: "me", path: "/me" },
  ];
}

async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await sharp(await page.screenshot())
    .webp({ quality: 80 })
    .toFile(`${folder}/${name}.webp`);
}

test.each(looks)("every page of the shop is in order on a $name", async ({ name: look, options }) => {
  const { page, expectAccessible, leave } = await visit(browser, options);
  for (const path of strange) {
    await open(page, path);
    await expectAccessible();
  }

  await page.context().addCookies([{ ...shelf.cookie, url: running.url }]);
  for (const { name, path } of rooms()) {
    await open(page, path);
    await picture(page, `${name}-${look}`);
    await expectAccessible();
  }
  await leave();
});

async function open(page: Page, path: string): Promise<void> {
  const answer = await page.goto(running.url + path, { waitUntil: "load" });
  expect({ path, status: answer?.status() }).toEqual({ path, status: 200 });
  expect({ path, scrolledBy: await page.evaluate(() => window.scrollY) }).toEqual({ path, scrolledBy: 0 });
}
