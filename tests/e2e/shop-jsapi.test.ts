import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ShareCard } from "@/lib/sandbox/ledger/share-cards";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { phone, visit, wechat } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { fillRecipient, orderInBrowser } from "@/tests/support/order-in-browser";
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

test("inside WeChat a guest is signed in on the way and pays through the bridge; the page turns paid by itself", async () => {
  const { page, expectAccessible, stays, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh, "celadon-bowl");
  expect(await page.getByRole("radio", { name: zh.pay.ways.JSAPI }).isChecked()).toBe(true);

  await page.getByRole("button", { name: /^微信支付/ }).click();
  const cashier = page.frameLocator("iframe");
  await cashier.getByRole("button", { name: /^确认支付/ }).waitFor();
  const stayed = await stays();
  await cashier.getByRole("button", { name: /^确认支付/ }).click();
  await cashier.getByRole("button", { name: "完成" }).click();

  await page.getByRole("status").getByText("已付款").waitFor();
  await stayed();
  await expectAccessible();
  const [payment] = await running.shop
    .sql`SELECT trade_type, status, openid FROM payments ORDER BY id DESC LIMIT 1`;
  expect(payment).toMatchObject({ trade_type: "JSAPI", status: "paid", openid: expect.stringMatching(/./) });
  await leave();
});

test("who closes WeChat's sheet keeps the order and is offered the other ways", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh, "one-fen");
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.frameLocator("iframe").getByRole("button", { name: "取消支付" }).click();
  await page.getByText(zh.pay.cancelled).waitFor();
  expect(await page.getByText(zh.pay.otherWays).count()).toBe(1);
  await expectAccessible();
  await page.getByRole("radio", { name: zh.pay.ways.NATIVE }).check();
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByRole("img", { name: zh.pay.qrAlt }).waitFor();
  await leave();
});

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49";
/** What WeChat would show a friend, once a page with that link has said so. */
async function cardFor(link: string): Promise<ShareCard> {
  const found = async () => {
    const { cards } = await running.sandbox.control<{ cards: ShareCard[] }>("cards");
    return cards.find((card) => card.kind === "friend" && card.link === link);
  };
  await expect.poll(found).toBeDefined();
  const card = await found();
  if (!card) throw new Error("the card is gone");
  return card;
}

const opened = ["/products/spring-tea?from=singlemessage&isappinstalled=0", "/products/brush-set"];

test.each([
  { on: "Android", userAgent: wechat.userAgent, signed: [...opened, "/"] },
  {
    on: "an iPhone, where WeChat knows a page by the address it was opened with",
    userAgent: iphone,
    signed: opened,
  },
])(
  "a page inside WeChat says what a friend will see, also after a step that loads nothing, and signs no address in vain, on $on",
  async ({ userAgent, signed }) => {
    await running.sandbox.control("forget-cards"); // Of the shop's pages that were shown before.
    const { page, leave } = await visit(browser, { ...wechat, userAgent, locale: "zh-CN" });
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === "/api/wechat/js-sdk") asked.push(String(searchParams.get("url")));
    });
    await page.goto(`${running.url}${opened[0]}#top`);
    const card = await cardFor(`${running.url}/products/spring-tea`);
    expect(card).toMatchObject({ title: await page.getByRole("heading", { level: 1 }).textContent() });
    expect(card.description).not.toBe("");
    const picture = await fetch(card.picture);
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/jpeg"]);

    await page.goto(`${running.url}${opened[1]}`);
    await cardFor(`${running.url}/products/brush-set`);
    await page.getByRole("banner").getByRole("link").first().click();
    await page.waitForURL(`${running.url}/`);
    await cardFor(`${running.url}/`);
    expect(asked).toEqual(signed.map((path) => running.url + path));
    await leave();
  },
);

test("outside WeChat a page asks for no signature and loads nothing of it", async () => {
  const { page, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  const asked: string[] = [];
  const scripts: Promise<string>[] = [];
  page.on("response", (response) => {
    asked.push(response.url());
    if (response.url().endsWith(".js")) scripts.push(response.text());
  });
  await page.goto(`${running.url}/products/spring-tea`, { waitUntil: "networkidle" });
  expect(asked.filter((url) => /js-sdk|bridge\.js/.test(url))).toEqual([]);
  expect((await Promise.all(scripts)).filter((script) => script.includes("preVerifyJSAPI"))).toEqual([]);
  expect(await page.locator("[data-share-card]").count()).toBe(0);
  await leave();
});

test("an address that WeChat knows is chosen, not typed; what it lacks is said", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  const book = page.frameLocator("iframe");
  const choose = async (name: string) => {
    await page.getByRole("button", { name: zh.addresses.wechat.pick }).click();
    await book.getByRole("button", { name: `选择：${name}` }).click();
  };
  const { fields } = zh.addresses;

  await choose("林小燕");
  await page.getByText(zh.addresses.filled).waitFor();
  await expectAccessible();
  const values = await Promise.all(
    Object.values(fields).map((label) => page.getByLabel(label, { exact: true }).inputValue()),
  );
  expect(values).toEqual(["林小燕", "13800138000", "浙江省", "杭州市", "西湖区", "龙井路 1 号 3 幢 502 室"]);

  await choose("陈静");
  await page.getByText(zh.addresses.stillMissing.replace("{fields}", fields.district)).waitFor();
  expect(await page.getByLabel(fields.district, { exact: true }).inputValue()).toBe("");
  await choose("周大为"); // A city that has no districts lacks none.
  await page.getByText(zh.addresses.filled).waitFor();

  await page.getByRole("button", { name: zh.addresses.wechat.pick }).click();
  await book.getByRole("button", { name: "返回" }).click();
  expect(await page.getByLabel(fields.name, { exact: true }).inputValue()).toBe("周大为");
  await page.getByRole("button", { name: zh.checkout.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  await leave();
});

test("while WeChat gives no ticket the picker is not offered, and the buyer is told nothing", async () => {
  await running.shop.sql`DELETE FROM access_tokens`;
  await running.sandbox.fault({ call: "getticket", kind: "error", times: 5, options: { code: "48001" } });
  const { page, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  const refused = page.waitForResponse((response) => response.url().includes("/api/wechat/js-sdk"));
  await page.goto(`${running.url}/checkout?sku=TEA-50&quantity=1`);
  expect((await refused).status()).toBe(503);
  await fillRecipient(page, zh);
  expect(await page.getByRole("button", { name: zh.addresses.wechat.pick }).count()).toBe(0);
  expect(await page.getByText(zh.addresses.wechat.failed).count()).toBe(0);
  await running.sandbox.disarm();
  await running.shop.sql`DELETE FROM access_tokens`; // Else nobody asks for five minutes.
  await leave("Failed to load resource"); // The browser's own line about the 503.
});

test("a JSAPI page that turns out not to be in WeChat sends nobody to a dead end, and finds another way", async () => {
  const { page, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await page.route("**/bridge.js", (route) => route.abort());
  await orderInBrowser(page, running.url, zh, "one-fen");
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByText(zh.pay.bridgeMissing).waitFor();
  expect(new URL(page.url()).origin).toBe(running.url);
  expect(await page.getByRole("radio", { name: zh.pay.ways.MWEB }).isChecked()).toBe(true);
  expect(await page.getByRole("radio", { name: zh.pay.ways.JSAPI }).count()).toBe(0);
  await leave("ERR_FAILED");
});

test("the answer to paying that was lost costs nothing: pressed again, the buyer pays once", async () => {
  const { page, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  const orderNo = await orderInBrowser(page, running.url, zh, "one-fen");
  await page.getByRole("button", { name: /^微信支付/ }).click(); // Signs in first.
  const cashier = page.frameLocator("iframe");
  await cashier.getByRole("button", { name: "取消支付" }).click();
  await page.getByText(zh.pay.cancelled).waitFor();
  await page.route("**/api/pay", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByText(zh.pay.unreachable).waitFor();
  await page.unroute("**/api/pay");

  await page.getByRole("button", { name: /^微信支付/ }).click();
  await cashier.getByRole("button", { name: /^确认支付/ }).click();
  await page.keyboard.press("Escape"); // Left without "done": the page asks our server all the same.
  await page.getByRole("status").getByText("已付款").waitFor();
  const [row] = await running.shop.sql<[{ receipts: number }]>`
    SELECT count(*)::int AS receipts FROM receipts r JOIN orders o ON o.id = r.order_id WHERE o.order_no = ${orderNo}`;
  expect(row.receipts).toBe(1);
  await leave("ERR_FAILED");
});

test("WeChat's page for H5 payments opened inside WeChat is refused there; back, the buyer pays the other way", async () => {
  const { page, leave } = await visit(browser, { ...wechat, locale: "zh-CN" });
  await orderInBrowser(page, running.url, zh, "one-fen");
  await page.getByRole("radio", { name: zh.pay.ways.MWEB }).check();
  await page.getByRole("button", { name: /^微信支付/ }).click();
  await page.getByText("请在微信外打开订单").waitFor();
  await page.goBack();

  await page.getByRole("heading", { name: zh.pay.returnedTitle }).waitFor();
  await page.getByRole("button", { name: zh.pay.again }).click();
  await page.getByText(zh.pay.otherWays).waitFor();
  await page.getByRole("radio", { name: zh.pay.ways.JSAPI }).check();
  await page.getByRole("button", { name: /^微信支付/ }).click();
  const cashier = page.frameLocator("iframe");
  await cashier.getByRole("button", { name: /^确认支付/ }).click();
  await cashier.getByRole("button", { name: "完成" }).click();
  await page.getByRole("status").getByText("已付款").waitFor();
  await leave();
});
