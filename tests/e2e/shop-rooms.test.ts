import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBuyersShelf, type BuyersShelf } from "@/tests/support/a-buyers-shelf";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { phone, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { keepPicture, looks } from "@/tests/support/looks";

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

test.each(looks({ ...phone, viewport: { width: 360, height: 760 } }))(
  "every page of the shop is in order on a $name",
  async ({ name: look, options }) => {
    const { page, expectAccessible, leave } = await visit(browser, options);
    for (const path of strange) {
      await open(page, path);
      await expectAccessible();
    }

    await page.context().addCookies([{ ...shelf.cookie, url: running.url }]);
    for (const { name, path } of rooms()) {
      await open(page, path);
      await keepPicture(page, `shop/${name}-${look}`);
      await expectAccessible();
      await inOtherSizes(page, name);
    }
    await leave();
  },
);

/** The same page as it is on a small phone, a tablet and a wide screen: in both languages, as each look is of one. */
async function inOtherSizes(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? phone.viewport;
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const seen = await page.evaluate(lookAround);
    expect({ name, width, ...seen }).toEqual({ name, width, overflow: 0, cut: [], small: [] });
  }
  await page.setViewportSize(before);
}

/** In the page: how much wider it is than the screen, what of its text is cut off, and what is too small for a finger. */
function lookAround() {
  const overflow = Math.max(0, document.documentElement.scrollWidth - window.innerWidth);
  const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const word = (element: Element) =>
    `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`;
  const cut = [...document.querySelectorAll("body *")].filter((element) => {
    const { overflowX } = getComputedStyle(element);
    const hides = overflowX === "hidden" || overflowX === "clip";
    return (
      hides && element.clientWidth > 2 && element.scrollWidth > element.clientWidth + 1 && shown(element)
    );
  });
  const pressed =
    "button, summary, select, nav a, .weui-btn, label:has(input[type=radio], input[type=checkbox])";
  const small = [...document.querySelectorAll(pressed)].filter((element) => {
    const { height, width } = element.getBoundingClientRect();
    return shown(element) && width > 2 && height < 43.5;
  });
  return { overflow, cut: cut.map(word), small: small.map(word) };
}

async function open(page: Page, path: string): Promise<void> {
  const answer = await page.goto(running.url + path, { waitUntil: "load" });
  expect({ path, status: answer?.status() }).toEqual({ path, status: 200 });
  expect({ path, scrolledBy: await page.evaluate(() => window.scrollY) }).toEqual({ path, scrolledBy: 0 });
}
