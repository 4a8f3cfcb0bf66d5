import type { Browser, Locator } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { aRecipient, orderInBrowser } from "@/tests/support/order-in-browser";
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

test("by keyboard alone a buyer searches, orders and has the code, and always sees where they are", async () => {
  const { page, leave } = await visit(browser, { ...desktop, locale: "en-US" });
  const { keyboard } = page;
  /** Goes on with Tab to what is meant; each stop on the way is to be seen. */
  const tabTo = async (meant: Locator) => {
    await meant.waitFor();
    for (let stops = 0; stops < 60; stops++) {
      if (await meant.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press("Tab");
      expect(await page.evaluate(hiddenFocus)).toBeNull();
    }
    throw new Error("Tab does not lead there");
  };
  const typeInto = async (label: string, text: string) => {
    await tabTo(page.getByLabel(label, { exact: true }));
    await keyboard.type(text);
  };

  await page.goto(running.url);
  await typeInto(en.catalogue.search, "龙井");
  await keyboard.press("Enter");
  await page.waitForURL(/\?q=/);
  await tabTo(page.getByRole("link", { name: /明前龙井/ }));
  await keyboard.press("Enter");
  await page.waitForURL(/\/products\//);
  await tabTo(page.getByRole("button", { name: en.product.buy }));
  await keyboard.press("Enter");
  await page.waitForURL(/\/checkout/);
  for (const field of ["name", "phone", "province", "city", "district", "address"] as const)
    await typeInto(en.addresses.fields[field], aRecipient[field]);
  await tabTo(page.getByRole("button", { name: en.checkout.submit }));
  await keyboard.press("Space");
  await page.waitForURL(/\/orders\/\d+$/);
  await tabTo(page.getByRole("button", { name: /^Pay ¥/ }));
  await running.sandbox.fault({ call: "unifiedorder", kind: "system-error" });
  await keyboard.press("Space");
  await page.getByRole("alert").getByText(en.pay.otherWays).waitFor();
  await tabTo(page.getByRole("button", { name: /^Pay ¥/ })); // Still there: nothing lost the focus.
  await keyboard.press("Space");

  const heading = page.getByRole("heading", { name: en.pay.qrTitle });
  await heading.waitFor();
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  await leave("502");
});

/** In the page: what has the focus and cannot be seen, or lies under something else; null when all is well. */
function hiddenFocus(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null; // Round the end of the page.
  const { left, top, width, height } = focused.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  const isSeen =
    there !== null &&
    (focused.contains(there) || there.contains(focused) || there.closest("label")?.contains(focused));
  return isSeen ? null : focused.outerHTML.slice(0, 200);
}

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
