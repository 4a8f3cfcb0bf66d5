import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBuyersShelf, type BuyersShelf } from "@/tests/support/a-buyers-shelf";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { phone, type Visit, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { holdScripts } from "@/tests/support/hold-scripts";
import { loseAnswer, lostAnswer } from "@/tests/support/lose-answer";
import { fillRecipient, orderInBrowser } from "@/tests/support/order-in-browser";
import { words } from "@/tests/support/shop-words";

const say = words["zh-CN"];
let browser: Browser;
let running: RunningShop;
let shelf: BuyersShelf;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
  shelf = await aBuyersShelf(running);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** The buyer of the shelf, on a phone. */
async function aRegular(): Promise<Visit> {
  const one = await visit(browser, { ...phone, locale: "zh-CN" });
  await one.page.context().addCookies([{ ...shelf.cookie, url: running.url }]);
  return one;
}

async function statusOf(orderNo: string): Promise<string> {
  const [order] = await running.shop.sql`SELECT status FROM orders WHERE order_no = ${orderNo}`;
  return String(order?.status);
}

test("the answer to a deed on an order is lost: the page says so, keeps its form, and pressed again it is done once", async () => {
  const { page, expectAccessible, leave } = await aRegular();
  const { receive, remind } = say.deliveries;
  const presses: {
    orderNo: string;
    open: string | null;
    press: string;
    done: (page: Page) => Promise<void>;
  }[] = [
    {
      orderNo: shelf.orders.shipped,
      open: receive.open,
      press: receive.confirm,
      done: (at) => at.getByText(say.order.completedText).waitFor(),
    },
    {
      orderNo: shelf.orders.paid,
      open: null,
      press: remind.submit,
      done: (at) => at.getByText(/已提醒商家发货/).waitFor(),
    },
    {
      orderNo: shelf.orders.refunding,
      open: say.refunds.withdraw,
      press: say.refunds.withdrawConfirm,
      done: (at) => at.getByRole("status").getByText(say.refunds.status.withdrawn).waitFor(),
    },
    {
      orderNo: shelf.orders.unpaid,
      open: say.order.cancel,
      press: say.order.cancelConfirm,
      done: (at) => at.getByText(/取消/).first().waitFor(),
    },
  ];
  for (const { orderNo, open, press, done } of presses) {
    await page.goto(`${running.url}/orders/${orderNo}`);
    if (open) await page.getByText(open, { exact: true }).click();
    const isLost = await loseAnswer(page);
    await page.getByRole("button", { name: press, exact: true }).click();
    await page.getByRole("alert").getByText(say.unanswered.text).waitFor();
    expect(isLost()).toBe(true);
    await expectAccessible();
    await page.unrouteAll({ behavior: "wait" });
    const button = page.getByRole("button", { name: press, exact: true });
    await button.click({ timeout: 2_000 }).catch(() => {}); // The page, which asks by itself, may have seen it done already.
    await done(page);
  }

  expect(await statusOf(shelf.orders.shipped)).toBe("completed");
  expect(await statusOf(shelf.orders.unpaid)).toBe("closed");
  const [reminded] = await running.shop
    .sql`SELECT reminders FROM orders WHERE order_no = ${shelf.orders.paid}`;
  expect(reminded).toEqual({ reminders: 1 });
  await leave(lostAnswer);
});

test("in a second tab the order is cancelled: the first does not let it be paid, and says how it stands", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  const orderNo = await orderInBrowser(page, running.url, say, "one-fen");
  const second = await page.context().newPage();
  await second.goto(`${running.url}/orders/${orderNo}`);
  await second.getByText(say.order.cancel, { exact: true }).click();
  await second.getByRole("button", { name: say.order.cancelConfirm }).click();
  await second.getByText(say.order.closedText.cancelled).waitFor();

  const pay = page.getByRole("button", { name: /^微信支付/ });
  await pay.click({ timeout: 2_000 }).catch(() => {}); // It may have gone already: the page asks by itself.
  await page.getByText(say.order.closedText.cancelled).waitFor();

  expect(await pay.count()).toBe(0);
  const [{ count }] = await running.shop.sql<[{ count: number }]>`
    SELECT count(*)::int AS count FROM payments p JOIN orders o ON o.id = p.order_id WHERE o.order_no = ${orderNo}`;
  expect(count).toBe(0);
  await leave("409"); // What the browser says of the refused call.
});

test("on a slow network a form says that it is on its way, and pressed three times, left and come back to, it is one order", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  await fillRecipient(page, say, { phone: "13600136000" });
  const { promise: pressed, resolve: goOn } = Promise.withResolvers<void>();
  await page.route("**/checkout?*", async (route) => {
    await pressed;
    await route.continue();
  });
  const submit = page.locator("button[type=submit]", { hasText: say.checkout.submit });
  await submit.click();
  const busy = page.getByRole("button", { name: say.checkout.submitting });
  await busy.waitFor();
  await busy.click({ force: true });
  await busy.click({ force: true });
  goOn();
  await page.waitForURL(/\/orders\/\d+$/);

  const first = page.url();
  await page.goBack();
  await page.getByRole("heading", { name: say.checkout.title }).waitFor();
  await page.goForward();
  await page.waitForURL(first);
  const orders = await running.shop.sql`SELECT order_no FROM orders WHERE phone = '13600136000'`;
  expect(orders.map((order) => first.endsWith(String(order.order_no)))).toEqual([true]);
  await page.unrouteAll({ behavior: "wait" });
  await leave();
});

test("what is chosen and typed before a page's script has come counts as soon as it is there", async () => {
  const early = { ...phone, locale: "zh-CN", early: true };
  const { page, leave } = await visit(browser, early);
  await page.context().addCookies([{ ...shelf.cookie, url: running.url }]);
  const slowly = async (path: string) => {
    const { release } = await holdScripts(page);
    await page.goto(running.url + path, { waitUntil: "commit" });
    return release;
  };

  let release = await slowly("/cart");
  const [tea, course] = ["明前龙井 125 克", "楷书入门十二讲"];
  await page.getByRole("checkbox", { name: say.cart.choose.replace("{title}", course) }).uncheck();
  await page.getByLabel(say.cart.quantity.label.replace("{title}", tea)).fill("3");
  await page.getByLabel(say.cart.quantity.label.replace("{title}", tea)).blur();
  await release();
  await page.getByRole("button", { name: "去结算（5 件）" }).click();
  await page.waitForURL(/\/checkout\?/);
  await page.getByText(/× 3$/).waitFor();
  expect(new URL(page.url()).searchParams.getAll("sku")).not.toContain("COURSE-12");

  release = await slowly("/checkout?sku=TEA-50&quantity=1");
  await page.getByRole("radio", { name: say.checkout.newAddress }).check();
  await page.getByLabel(say.addresses.fields.name).fill("早早");
  await release();
  release = await slowly("/checkout?sku=TEA-50&quantity=1");
  await page.getByRole("radio", { name: /东莞市/ }).check();
  await release();
  expect(await page.getByRole("radio", { name: /东莞市/ }).isChecked()).toBe(true);
  release = await slowly("/checkout?sku=TEA-50&quantity=1");
  await page.getByRole("radio", { name: say.checkout.newAddress }).check();
  await fillRecipient(page, say, { name: "早早", phone: "13500135000" });
  await release();
  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByText("早早").first().waitFor();

  release = await slowly(new URL(page.url()).pathname);
  await page.getByRole("radio", { name: say.pay.ways.NATIVE }).check();
  await release();
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("img", { name: say.pay.qrAlt }).waitFor();

  release = await slowly(`/orders/${shelf.orders.paid}/refund`);
  await page.getByRole("radio", { name: say.refundForm.ways.part }).check();
  await page.getByLabel(say.refundForm.amount, { exact: true }).fill("5");
  await release();
  await page.getByLabel(say.refundForm.reason, { exact: true }).selectOption("other");
  await page.getByRole("button", { name: say.refundForm.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  const [asked] = await running.shop
    .sql`SELECT refund_fen::int AS fen FROM refunds r JOIN orders o ON o.id = r.order_id
    WHERE o.order_no = ${shelf.orders.paid}`;
  expect(asked).toEqual({ fen: 500 });
  await leave();
});

test("whoever leaves the checkout half-way comes back to what they typed, whichever way they took; once it is ordered the tab has forgotten it", async () => {
  const { page, leave } = await aRegular();
  const { fields } = say.addresses;
  const fresh = page.getByRole("radio", { name: say.checkout.newAddress });
  const expectTyped = async () => {
    expect(await page.getByLabel(fields.phone).inputValue()).toBe("13500135000");
    expect(await page.getByLabel(fields.name).inputValue()).toBe("李雷");
    expect(await page.getByLabel(say.checkout.note).inputValue()).toBe("放门口");
  };
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  await fresh.check();
  await page.getByLabel(fields.name).fill("李雷");
  await page.getByLabel(fields.phone).fill("13500135000");
  await page.getByLabel(say.checkout.note).fill("放门口");

  await page
    .getByRole("link", { name: /^编辑：/ })
    .last()
    .click();
  await page.getByRole("button", { name: say.addresses.save }).click();
  await page.waitForURL(/&address=\d+$/);
  expect(await page.getByRole("radio").first().isChecked()).toBe(true); // The one that was edited.
  await fresh.check();
  await expectTyped();

  await page.getByRole("banner").getByRole("link").first().click();
  await page.waitForURL(`${running.url}/`);
  await page.goBack();
  await page.getByRole("heading", { name: say.checkout.title }).waitFor();
  expect(await fresh.isChecked()).toBe(true);
  await expectTyped();

  await page.getByRole("link", { name: say.checkout.change }).click();
  await page.getByRole("button", { name: say.product.buy }).click();
  await page.getByRole("heading", { name: say.checkout.title }).waitFor();
  expect(await fresh.isChecked()).toBe(true);
  await expectTyped();

  await page.goto(`${running.url}/checkout?sku=BOWL-PLUM&quantity=1`);
  expect(await fresh.isChecked()).toBe(false); // Other goods may be for somebody else.
  expect(await page.getByLabel(say.checkout.note).inputValue()).toBe("");
  await fresh.check();
  expect(await page.getByLabel(fields.phone).inputValue()).toBe("13500135000");
  await fillRecipient(page, say, { phone: "13500135000" });
  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByRole("heading").first().waitFor();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("13500135000");
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  await fresh.check();
  expect(await page.getByLabel(fields.phone).inputValue()).toBe("");
  await leave();
});

test("an address that is removed in another tab: the book says so, and its form is saved as a new one", async () => {
  const { page, expectAccessible, leave } = await aRegular();
  const { setDefault } = say.addresses;
  await running.shop.sql`INSERT INTO addresses (member_id, name, phone, province, city, district, address)
    VALUES (${shelf.memberId}, '韩梅梅', '13400134000', '广东省', '中山市', '', '中山路 1 号')`;
  await page.goto(`${running.url}/addresses`);
  const form = await page.context().newPage();
  await form.goto(page.url());
  await form.getByRole("link", { name: "编辑：韩梅梅" }).click();
  await form.getByLabel(say.addresses.fields.address).fill("中山路 2 号");
  await running.shop.sql`DELETE FROM addresses WHERE name = '韩梅梅'`;

  await page.getByRole("button", { name: `${setDefault}：韩梅梅` }).click();
  await page.getByRole("status").getByText(say.addresses.gone).waitFor();
  expect(await page.getByText("韩梅梅").count()).toBe(0);
  await expectAccessible();
  await form.getByRole("button", { name: say.addresses.save }).click();
  await form.waitForURL(/\/addresses$/);
  await form.getByText("中山路 2 号").waitFor();

  await page.goto(`${running.url}/addresses`);
  const isLost = await loseAnswer(page);
  await page.getByRole("button", { name: `${setDefault}：韩梅梅` }).click();
  await page.getByRole("alert").getByText(say.unanswered.text).waitFor();
  expect(isLost()).toBe(true);
  await expectAccessible();
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: `${setDefault}：韩梅梅` }).click();
  await page.getByRole("listitem").first().getByText("韩梅梅").waitFor();
  await page.getByRole("link", { name: "编辑：韩梅梅" }).click();
  await page.getByText(say.addresses.remove).click();
  await page.getByRole("button", { name: say.addresses.removeConfirm }).click();
  await page.waitForURL(/\/addresses$/);
  expect(await page.getByText("韩梅梅").count()).toBe(0);
  await leave(lostAnswer);
});
