import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseStock } from "@/lib/orders/release-stock";
import problems from "@/messages/en/problems.json";
import common from "@/messages/zh-CN/common.json";
import chineseProblems from "@/messages/zh-CN/problems.json";
import { requireOrder } from "@/tests/support/a-buyer";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit, wechat } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { aRecipient, fillRecipient, orderInBrowser } from "@/tests/support/order-in-browser";
import { paidOrder } from "@/tests/support/refund-in-browser";
import { words } from "@/tests/support/shop-words";

const small = { ...phone, viewport: { width: 360, height: 740 } };
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

describe.each([
  { locale: "zh-CN", language: "zh-CN", colorScheme: "light", size: phone },
  { locale: "en-US", language: "en", colorScheme: "dark", size: desktop },
] as const)("in $language, $colorScheme", ({ locale, language, colorScheme, size }) => {
  const say = words[language];
  const open = () => visit(browser, { ...size, locale, colorScheme });

  test("a form error stands beside its field and keeps what was typed", async () => {
    const { page, expectAccessible, leave } = await open();
    await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=2`);
    await fillRecipient(page, say, { phone: "+1 555 0100", city: "" });
    await page.getByLabel(say.checkout.note).fill("放门口");
    await page.getByRole("button", { name: say.checkout.submit }).click();

    const wrong = page.getByLabel(say.addresses.fields.phone);
    await page.locator("[aria-invalid]").first().waitFor();
    expect(await wrong.getAttribute("aria-describedby")).toBe("phone-problem");
    const { phoneForeign } = (language === "en" ? problems : chineseProblems).fields;
    expect(await page.locator("#phone-problem").textContent()).toBe(phoneForeign);
    expect(await wrong.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await wrong.inputValue()).toBe("+1 555 0100");
    expect(await page.getByLabel(say.addresses.fields.name).inputValue()).toBe(aRecipient.name);
    expect(await page.getByLabel(say.checkout.note).inputValue()).toBe("放门口");
    await expectAccessible();

    const key = page.locator("form input[name=formKey]");
    const ours = await key.inputValue();
    await key.evaluate((input: HTMLInputElement) => input.setAttribute("value", "forged"));
    await page.getByRole("button", { name: say.checkout.submit }).click();
    await page.getByText((language === "en" ? problems : chineseProblems).malformed).waitFor();
    await key.evaluate((input: HTMLInputElement, value) => input.setAttribute("value", value), ours);

    await wrong.fill(aRecipient.phone);
    await page.getByLabel(say.addresses.fields.city).fill(aRecipient.city);
    await page.getByRole("button", { name: say.checkout.submit }).click();
    await page.waitForURL(/\/orders\/\d+$/);
    await leave();
  });
});

test("a lost answer loses nothing: the form stays as typed, and sent again it is still one order", async () => {
  const say = words["zh-CN"];
  const { page, leave, expectAccessible } = await visit(browser, { ...phone, locale: "zh-CN" });
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=3`);
  await fillRecipient(page, say, { phone: "13700137000" });
  let lost = 0;
  await page.route("**/checkout?*", async (route) => {
    if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
    await route.fetch({ maxRedirects: 0 }); // The shop takes the order; its answer never arrives.
    return route.fulfill({ status: 200, contentType: "text/html", body: "<p>a captive portal</p>" });
  });

  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.getByText(say.checkout.unreachable).waitFor();
  expect(await page.getByLabel(say.addresses.fields.name).inputValue()).toBe(aRecipient.name);
  await expectAccessible();
  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);

  const orders = await running.shop.sql`SELECT order_no FROM orders WHERE phone = '13700137000'`;
  expect(orders.map((order) => order.order_no)).toEqual([new URL(page.url()).pathname.split("/").at(-1)]);
  await leave();
});

test("the language can be changed where one stands, and stays", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await page.goto(`${running.url}/products/spring-tea`);
  await page.getByRole("button", { name: /English/ }).click();
  await page.getByRole("button", { name: "Buy now" }).waitFor();
  await page.goto(`${running.url}/`);
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await leave();
});

test("an order whose time runs out closes on the open page, and says what to do", async () => {
  const { en } = words;
  const { page, leave, expectAccessible, stays } = await visit(browser, { ...phone, locale: "en-US" });
  const orderNo = await orderInBrowser(page, running.url, en, "one-fen");
  await page
    .getByRole("timer")
    .getByText(/^\d+ minutes? \d+ seconds? left$/)
    .waitFor();
  const stayed = await stays();

  const { sql } = running.shop;
  await sql`UPDATE orders SET expires_at = now() - interval '1 second' WHERE order_no = ${orderNo}`;
  await sql`SELECT graphile_worker.add_job('close_order', json_build_object('orderId', id)) FROM orders WHERE order_no = ${orderNo}`;

  await page.getByText(en.order.closedText.expired).waitFor();
  await stayed();
  expect(await page.getByRole("button", { name: /^Pay/ }).count()).toBe(0);
  await expectAccessible();
  await leave();
});

test("left unpaid and resumed from the list, an order becomes the result; going back, the list says so too", async () => {
  const say = words["zh-CN"];
  const { page, leave, expectAccessible } = await visit(browser, { ...small, locale: "zh-CN" });
  const orderNo = await orderInBrowser(page, running.url, say, "celadon-bowl");
  await page.getByText(say.order.keptText).waitFor();
  const pay = await page.getByRole("button", { name: "微信支付 ¥98.00" }).boundingBox();
  expect(pay && pay.y + pay.height).toBeLessThanOrEqual(small.viewport.height); // Under the thumb, not below the fold.
  await page.goto(`${running.url}/me`);
  await expectAccessible();
  await page.getByRole("link", { name: /^待付款/ }).click();
  await page
    .getByRole("timer")
    .getByText(/^剩 \d+ 分 \d\d 秒$/)
    .waitFor();
  await expectAccessible();
  await page.getByRole("link", { name: say.orders.to.pay }).click();
  await page.request.post(`${running.url}/api/pay`, { data: { orderNo, tradeType: "NATIVE" } });
  await page.getByText(say.order.waitingText).waitFor();

  await running.sandbox.pay({ outTradeNo: `${orderNo}P1` });

  const result = page.getByRole("status").filter({ hasText: "已付款" });
  await result.getByText("¥98.00").waitFor();
  await page.getByText(/^最迟 .+ 发货 剩 2 天 23 小时$/).waitFor();
  await expectAccessible();
  await page.goBack();
  await page.getByRole("heading", { name: say.orders.emptyIn.pay }).waitFor();
  await page.getByRole("link", { name: say.orders.tabs.ship }).click();
  await page.getByRole("button", { name: say.deliveries.remind.submit }).click();
  await page.getByText(say.orders.note.reminded).waitFor();
  await expectAccessible();
  await leave();
});

test("money that comes late keeps the order, revives it, or is on its way back: the open page says which", async () => {
  const { en } = words;
  const { sql, db } = running.shop;
  const { page, leave, expectAccessible } = await visit(browser, { ...desktop, locale: "en-US" });
  const expired = async (slug: string) => {
    const orderNo = await orderInBrowser(page, running.url, en, slug);
    await page.request.post(`${running.url}/api/pay`, { data: { orderNo, tradeType: "NATIVE" } });
    const [order] =
      await sql`UPDATE orders SET expires_at = now() - interval '1 minute' WHERE order_no = ${orderNo}
      RETURNING id::int`;
    return {
      orderNo,
      orderId: order?.id as number,
      pay: () => running.sandbox.pay({ outTradeNo: `${orderNo}P1` }),
    };
  };
  const closed = async (slug: string) => {
    const order = await expired(slug);
    await db.transaction((tx) => releaseStock(tx, order.orderId));
    await sql`UPDATE payments SET status = 'closed' WHERE order_id = ${order.orderId}`;
    await sql`UPDATE orders SET status = 'closed', closed_reason = 'expired' WHERE id = ${order.orderId}`;
    await page.getByText(en.order.closedText.expired).waitFor();
    return order;
  };
  const says = (text: string) =>
    page
      .getByRole("status")
      .getByText(text.replace(/\{(at|amount)\}.*/, ""))
      .first()
      .waitFor();

  const late = await expired("spring-tea");
  await late.pay();
  await says(en.order.paidLateText);

  const revived = await closed("spring-tea");
  await revived.pay();
  await page.getByText("it stands again").waitFor();
  await expectAccessible();

  const gone = await closed("brush-set");
  await sql`UPDATE variants v SET on_hand = allocated FROM order_lines l WHERE l.variant_id = v.id AND l.order_id = ${gone.orderId}`;
  await gone.pay();
  await page
    .getByText(/after the order had run out and the goods were gone; it (will be|has been) returned/)
    .waitFor();
  await expectAccessible();
  await page.goto(`${running.url}/orders?show=refund`);
  await page.getByText(new RegExp(`^(${en.orders.refund.surplus}|${en.orders.refund.returned})$`)).waitFor();
  await leave();
});

test("orders of one cart lead to each other until the last is paid", async () => {
  const say = words["zh-CN"];
  const { page, leave, expectAccessible } = await visit(browser, { ...phone, locale: "zh-CN" });
  const { orderNo: paid } = await paidOrder(page, running);
  const other = await orderInBrowser(page, running.url, say, "one-fen");
  await running.shop.sql`UPDATE orders SET placed_with = ${paid} WHERE order_no IN (${paid}, ${other})`;
  await page.goto(`${running.url}/orders/${paid}`);
  await page.getByRole("heading", { name: say.together.next }).waitFor();
  await expectAccessible();
  await page.getByRole("link", { name: /^去付款 ¥0\.01$/ }).click();
  await page.getByRole("heading", { name: say.together.title }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/orders/${other}`);
  await leave();
});

test("a guest signs in from their own page inside WeChat, and what waits for them comes along", async () => {
  const say = words["zh-CN"];
  const { page, leave } = await visit(browser, { ...wechat, locale: "zh-CN", colorScheme: "dark" });
  await orderInBrowser(page, running.url, say, "one-fen");
  await page.goto(`${running.url}/me`);
  await page.getByRole("link", { name: say.me.signIn }).click();
  await page.getByRole("heading", { name: say.me.who.wechat }).waitFor();
  await page.goto(`${running.url}/me?signIn=failed`); // WeChat's app may ask twice, and show what came second.
  await page.getByRole("heading", { name: say.me.who.wechat }).waitFor();
  expect(await page.getByText(say.me.signInFailed).count()).toBe(0);
  await page.getByRole("link", { name: /^待付款\s*，1 笔待处理$/ }).click();
  await page.getByRole("link", { name: say.orders.to.pay }).waitFor();
  await leave();
});

test("who orders is known as long after it as somebody new", async () => {
  const say = words["zh-CN"];
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await orderInBrowser(page, running.url, say, "one-fen");
  const soonS = Date.now() / 1000 + 3600;
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === "zg_member");
  if (!cookie) throw new Error("the guest has no cookie");
  await page.context().addCookies([{ ...cookie, expires: soonS }]);
  await running.shop.sql`UPDATE member_sessions SET expires_at = now() + interval '1 hour'`;

  await orderInBrowser(page, running.url, say, "one-fen");

  const [kept] = (await page.context().cookies()).filter(({ name }) => name === "zg_member");
  expect(kept?.value).toBe(cookie.value);
  expect(kept?.expires).toBeGreaterThan(soonS + 170 * 86_400);
  const [session] = await running.shop.sql`SELECT count(*)::int AS count FROM member_sessions
    WHERE expires_at > now() + interval '170 days'`;
  expect(session).toEqual({ count: 1 });
  await leave();
});

test("without JavaScript buying again fills the cart, and says what cannot be had", async () => {
  const say = words["zh-CN"];
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN", javaScriptEnabled: false });
  const { orderNo } = await paidOrder(page, running);
  const press = async () => {
    await page.goto(`${running.url}/orders/${orderNo}`);
    await page.getByRole("button", { name: say.again.submit }).click();
  };
  await press();
  await page.waitForURL(/\/cart$/);

  await running.shop.sql`UPDATE variants SET on_sale = false WHERE sku = 'BOWL-PLUM'`;
  await press();
  await page.getByText("“青瓷茶碗 梅子青”已售罄或下架，没有放入。").waitFor();
  await running.shop.sql`UPDATE variants SET on_sale = true WHERE sku = 'BOWL-PLUM'`;
  await page.getByRole("link", { name: say.again.cart }).click();
  await page.waitForURL(/\/cart$/);
  await leave();
});

test("without JavaScript a buyer gets as far as the order, and can pay or cancel it", async () => {
  const say = words["zh-CN"];
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN", javaScriptEnabled: false });
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  await fillRecipient(page, say, { phone: "123" });
  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.locator("#phone-problem").waitFor();
  expect(await page.getByLabel(say.addresses.fields.name).inputValue()).toBe(aRecipient.name);

  await page.getByLabel(say.addresses.fields.phone).fill(aRecipient.phone);
  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await page.locator("noscript button[value=MWEB]").textContent()).toBe(say.pay.ways.MWEB);
  expect(await page.getByRole("navigation", { name: say.nav.label }).isVisible()).toBe(true);
  await page.getByText(say.order.cancel, { exact: true }).click();
  await page.getByRole("button", { name: say.order.cancelConfirm }).click();
  await page.getByText(say.order.closedText.cancelled).waitFor();
  await leave();
});

test("a stranger's form that is sent three times at once makes one order", async () => {
  const address = `${running.url}/checkout?sku=TEA-50&quantity=1`;
  const page = await (await fetch(address)).text();
  const form = new FormData();
  for (const [, input = ""] of page.matchAll(/<input type="hidden"([^>]*)>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? "";
    if (name && name !== "locale")
      form.append(name, value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
  }
  for (const [name, value] of Object.entries({ ...aRecipient, phone: "13900139000" }))
    form.append(name, value);
  // The page's first form is the language switch: its action must not be the one that is sent.
  const actions = [...form.keys()].filter((name) => name.startsWith("$ACTION_ID_"));
  for (const action of actions) form.delete(action);

  const answers = await Promise.all(
    [1, 2, 3].map(() => fetch(address, { method: "POST", body: form, redirect: "manual" })),
  );

  const places = answers.map((answer) => answer.headers.get("location"));
  expect(places[0]).toMatch(/\/orders\/\d+$/);
  expect(new Set(places).size).toBe(1);
  const [{ count }] = await running.shop.sql<[{ count: number }]>`
    SELECT count(*)::int AS count FROM orders WHERE phone = '13900139000'`;
  expect(count).toBe(1);
});

test("a mixed cart, while prices and stock change: each refusal beside its line, nothing typed lost, two orders at last", async () => {
  const { en } = words;
  const { sql } = running.shop;
  const { page, leave, expectAccessible } = await visit(browser, {
    ...phone,
    locale: "en-US",
    colorScheme: "dark",
  });
  await page.goto(`${running.url}/addresses`);
  await expectAccessible();
  await page.getByRole("link", { name: en.addresses.newTitle }).click();
  await fillRecipient(page, en, { phone: "+86 139-0000-7777", city: "杭州市", district: "" });
  await page.getByRole("button", { name: en.addresses.save }).click();
  await page.locator("#district-problem").waitFor();
  await expectAccessible();
  await page.getByLabel(en.addresses.fields.city).fill("东莞市");
  await page.getByRole("button", { name: en.addresses.save }).click();
  await page.waitForURL(/\/addresses$/);
  await page.getByText("13900007777").waitFor();
  await page.getByRole("button", { name: en.addresses.setDefault }).click();
  await page.getByText(en.addresses.default, { exact: true }).waitFor();
  await expectAccessible();

  await sql`UPDATE variants SET on_hand = allocated + 2 WHERE sku = 'BRUSH-3'`; // Whatever other buyers took of them.
  await sql`INSERT INTO cart_lines (member_id, variant_id, quantity, seen_fen)
    SELECT (SELECT member_id FROM addresses WHERE phone = '13900007777'), id, CASE sku WHEN 'BRUSH-3' THEN 2 ELSE 1 END, price_fen
    FROM variants WHERE sku IN ('TEA-50', 'BRUSH-3', 'TRY-1')`;
  await page.goto(`${running.url}/checkout?from=cart&sku=TEA-50&sku=BRUSH-3&sku=TRY-1`);
  await page.getByText(en.checkout.whyTwo).waitFor();
  expect(await page.getByRole("radio", { name: /13900007777/ }).isChecked()).toBe(true);
  expect(await page.getByLabel(en.addresses.fields.phone).isVisible()).toBe(false);
  await page.getByLabel(en.checkout.note).fill("two of them");
  await expectAccessible();
  const submit = page.getByRole("button", { name: en.checkout.submitBoth });

  await sql`UPDATE variants SET price_fen = price_fen + 100 WHERE sku = 'TEA-50'`;
  await submit.click();
  await page.getByText("The total has changed from ¥324.01 to ¥325.01.").waitFor();
  await page.getByText(/you saw .*68\.00/).waitFor();
  await expectAccessible();
  await sql`UPDATE variants SET on_hand = allocated + 1 WHERE sku = 'BRUSH-3'`;
  await submit.click();
  await page.getByText("Only 1 left; you want 2.").waitFor();
  await expectAccessible();
  await page.getByRole("button", { name: /^Buy 1 instead: / }).click();
  await page.getByText("Only 1 left; you want 2.").waitFor({ state: "detached" });
  await sql`UPDATE variants SET on_hand = allocated WHERE sku = 'BRUSH-3'`;
  await submit.click();
  await page.getByText(en.checkout.trouble.soldOut).waitFor();
  await page.getByRole("button", { name: /^Leave it out: / }).click();
  await page.getByText(en.checkout.trouble.soldOut).waitFor({ state: "detached" });
  await submit.click();
  await page.waitForURL(/\/orders\/\d+$/);
  const left = page.locator("nav a[href='/cart']", { hasText: ", 2 items" });
  await left.waitFor({ state: "attached" }); // What was not to be had stayed; the bar to pay stands in the cart's place.
  await sql`UPDATE variants SET on_hand = allocated + 2 WHERE sku = 'BRUSH-3'`;
  await sql`UPDATE variants SET price_fen = price_fen - 100 WHERE sku = 'TEA-50'`;

  const placed = await sql`SELECT order_no, kind, note, recipient->>'city' AS city, placed_with FROM orders o
    WHERE placed_with = (SELECT placed_with FROM orders WHERE phone = '13900007777') ORDER BY id`;
  expect(placed).toMatchObject([
    { kind: "physical", note: "two of them", city: "东莞市", order_no: page.url().split("/").at(-1) },
    { kind: "virtual", note: "two of them", city: null },
  ]);
  await page.goBack();
  await page.goto(`${running.url}/checkout?from=cart&sku=TEA-50&sku=TRY-1`);
  await page.getByText(en.checkout.emptyCart).waitFor();
  await expectAccessible();
  await leave();
});

test("without JavaScript the last pieces go, and the form goes on with what is left, as it was typed", async () => {
  const say = words["zh-CN"];
  const { sql } = running.shop;
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN", javaScriptEnabled: false });
  await page.goto(`${running.url}/checkout?sku=NOTE-A5&quantity=3`);
  await fillRecipient(page, say, { phone: "139 0000 8888" });
  await page.getByLabel(say.checkout.note).fill("不要包装");
  await sql`UPDATE variants SET on_hand = allocated + 2 WHERE sku = 'NOTE-A5'`;

  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.getByText("仅剩 2 件，您要 3 件。").waitFor();
  await page.getByRole("button", { name: /^改买 2 件/ }).click();
  await page.getByText("× 2").waitFor();
  expect(await page.getByLabel(say.checkout.note).inputValue()).toBe("不要包装");
  await page.getByRole("button", { name: say.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);

  await page.goto(`${running.url}/addresses`);
  await page.getByText("13900008888").waitFor();
  await page.getByRole("link", { name: /编辑/ }).click();
  await page.getByText(say.addresses.remove).click();
  await page.getByRole("button", { name: say.addresses.removeConfirm }).click();
  await page.getByText(say.addresses.emptyTitle).waitFor();
  await sql`UPDATE variants SET on_hand = allocated + 200 WHERE sku = 'NOTE-A5'`;
  await leave();
});

test("a pasted address fills the fields, and says what it lacks", async () => {
  const say = words["zh-CN"];
  const { page, leave, expectAccessible } = await visit(browser, { ...phone, locale: "zh-CN" });
  await page.goto(`${running.url}/addresses/new`);
  await page.getByRole("button", { name: say.addresses.paste }).click();
  await page.getByLabel(say.addresses.paste).fill("王小明 138 0013 8000 浙江省杭州市龙井路 1 号");
  await page.getByLabel(say.addresses.paste).blur();

  await page.getByText("已填入，还缺：区县。").waitFor();
  expect(await page.getByLabel(say.addresses.fields.phone).inputValue()).toBe("13800138000");
  expect(
    await page.getByLabel(say.addresses.fields.district).evaluate((one) => one === document.activeElement),
  ).toBe(true);
  await expectAccessible();
  await leave();
});

test("somebody else's order is a page that is not there", async () => {
  const owner = await visit(browser, { ...phone, locale: "zh-CN" });
  const orderNo = await orderInBrowser(owner.page, running.url, words["zh-CN"], "one-fen");
  await owner.leave();

  for (const cookie of ["", (await requireOrder(running.url, "COURSE-12")).cookie]) {
    const stranger = await fetch(`${running.url}/orders/${orderNo}`, { headers: { cookie } });

    expect(stranger.status).toBe(404);
    expect(await stranger.text()).not.toContain("一分钱体验");
  }
});

test("an empty list of orders offers to be recognised by WeChat, and then shows what was ordered before", async () => {
  const say = words.en;
  const { page, leave, expectAccessible } = await visit(browser, { ...wechat, locale: "en-US" });
  const signIn = () => page.getByRole("link", { name: say.me.signIn });
  const orderNo = await orderInBrowser(page, running.url, say, "one-fen");
  await page.goto(`${running.url}/me`);
  await signIn().click();
  await page.getByRole("heading", { name: say.me.who.wechat }).waitFor();
  await page.context().clearCookies();

  await page.goto(`${running.url}/orders?signIn=failed`);
  await page.getByText(say.orders.emptySignIn).waitFor();
  await page.getByRole("alert").getByText(say.me.signInFailed).waitFor();
  await expectAccessible();
  await signIn().click();

  await page.locator(`a[href="/orders/${orderNo}"]`, { hasText: say.orders.to.pay }).waitFor();
  await leave();
});

test("a buyer whom the browser knows no more comes to the order by WeChat, and sees no other's", async () => {
  const say = words["zh-CN"];
  const { page, leave, expectAccessible } = await visit(browser, { ...wechat, locale: "zh-CN" });
  const signIn = () => page.getByRole("link", { name: say.me.signIn });
  const orderNo = await orderInBrowser(page, running.url, say, "one-fen");
  await page.goto(`${running.url}/me`);
  await signIn().click();
  await page.getByRole("heading", { name: say.me.who.wechat }).waitFor();
  await page.context().clearCookies();

  await page.goto(`${running.url}/orders/${orderNo}`);
  await page.getByText(say.order.mayBeYours).waitFor();
  await expectAccessible();
  await signIn().click();
  await page.getByRole("region", { name: say.pay.title }).waitFor();
  const others = await requireOrder(running.url, "COURSE-12");
  await page.goto(`${running.url}/orders/${others.orderNo}`);
  await page.getByRole("heading", { name: common.notFound.title }).waitFor();
  expect(await signIn().count()).toBe(0);
  await leave("404");
});
