import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { launchBrowser } from "@/tests/support/browser";
import { orderInBrowser } from "@/tests/support/order-in-browser";
import { askInBrowser, fillRefund, paidOrder } from "@/tests/support/refund-in-browser";
import { words } from "@/tests/support/shop-words";

const zh = words["zh-CN"];
const small = { ...phone, viewport: { width: 360, height: 740 } }; // The narrowest phones that are still sold.
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

const refundsOf = (orderNo: string) => running.shop.sql`
  SELECT r.id, r.status, r.refund_fen::int AS fen, r.reason, r.reason_text FROM refunds r
  JOIN orders o ON o.id = r.order_id WHERE o.order_no = ${orderNo} ORDER BY r.id`;

const linesOf = (refundId: number) => running.shop.sql`
  SELECT v.sku, l.quantity FROM refund_lines l JOIN variants v ON v.id = l.variant_id
  WHERE l.refund_id = ${refundId} ORDER BY v.sku`;

describe.each([
  { locale: "zh-CN", language: "zh-CN", colorScheme: "light", size: small },
  { locale: "en-US", language: "en", colorScheme: "dark", size: desktop },
] as const)("in $language, $colorScheme", ({ locale, language, colorScheme, size }) => {
  const say = words[language];
  const open = () => visit(browser, { ...size, locale, colorScheme });

  test("a buyer asks for all of it, sees it wait, and withdraws it", async () => {
    const { page, expectAccessible, leave } = await open();
    const { orderNo, totalFen } = await paidOrder(page, running);
    await page.goto(`${running.url}/orders/${orderNo}/refund`);
    await expectAccessible();

    await askInBrowser(page, running, say, { orderNo, reason: "damaged", reasonText: "碗有裂纹" });
    await expectAccessible();
    const [asked] = await refundsOf(orderNo);
    expect(asked).toMatchObject({
      status: "requested",
      fen: totalFen,
      reason: "damaged",
      reason_text: "碗有裂纹",
    });
    expect(await linesOf(asked?.id)).toEqual([
      { sku: "BOWL-PLUM", quantity: 1 },
      { sku: "TEA-50", quantity: 2 },
    ]);
    expect(await page.getByRole("link", { name: say.order.askRefund }).count()).toBe(0);
    await page.goto(`${running.url}/orders?show=refund`);
    await page.getByText(say.orders.refund.underway).waitFor();
    const waiting = say.orders.tabs.count.replace("{count}", "1");
    await page.getByRole("link", { name: new RegExp(`^${say.orders.tabs.refund}\\s*${waiting}$`) }).waitFor();
    await expectAccessible();

    await page.goto(`${running.url}/orders/${orderNo}/refund`);
    await page.getByText(say.refundForm.whyNot.underway).waitFor();
    await expectAccessible();
    await page.getByRole("link", { name: say.refundForm.back }).click();
    await page.getByText(say.refunds.details).click();
    await page.getByText("碗有裂纹").waitFor();
    await page.getByText(say.refunds.withdraw).click();
    await expectAccessible();
    await page.getByRole("button", { name: say.refunds.withdrawConfirm }).click();
    await page.getByText(say.refunds.text.withdrawn).waitFor();
    await page.getByRole("link", { name: say.order.askRefund }).waitFor();
    expect(await refundsOf(orderNo)).toMatchObject([{ status: "withdrawn" }]);
    await page.goto(`${running.url}/orders?show=refund`);
    await page.getByRole("heading", { name: say.orders.emptyIn.refund }).waitFor();
    await expectAccessible();
    await leave();
  });

  test("what is wrong is told beside its field, what was typed stays, and nothing is asked for", async () => {
    const { page, expectAccessible, leave } = await open();
    const { orderNo } = await paidOrder(page, running);
    const { problems } = say.refundForm;
    await page.goto(`${running.url}/orders/${orderNo}/refund`);
    const amount = page.getByLabel(say.refundForm.amount, { exact: true });
    const problemOf = (id: string) => page.locator(`[id="${id}-problem"]`);
    const send = () => page.getByRole("button", { name: say.refundForm.submit }).click();

    await fillRefund(page, say, { how: "part", amount: "0", reasonText: "少发了一件" });
    await send();
    await problemOf("amount").getByText(problems.amountZero).waitFor();
    expect(await problemOf("reason").textContent()).toBe(problems.reason);
    expect(await amount.getAttribute("aria-describedby")).toContain("amount-problem");
    expect(await amount.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await amount.inputValue()).toBe("0");
    expect(await page.getByLabel(say.refundForm.reasonText).inputValue()).toBe("少发了一件");
    await expectAccessible();

    await fillRefund(page, say, { amount: "500" });
    await send();
    await problemOf("amount").getByText(problems.amountTooMuch.replace("{amount}", "¥224.00")).waitFor();
    expect(await problemOf("reason").count()).toBe(1);
    await fillRefund(page, say, { amount: "-5", reason: "other" });
    await send();
    await problemOf("amount").getByText(problems.amountZero).waitFor();
    await fillRefund(page, say, { amount: "1.234" });
    await send();
    await problemOf("amount").getByText(problems.amountFormat).waitFor();
    await fillRefund(page, say, { amount: "224.01" });
    await send();
    await problemOf("amount").getByText(problems.amountTooMuch.replace("{amount}", "¥224.00")).waitFor();
    await fillRefund(page, say, { amount: "99999999" });
    await send();
    await problemOf("amount").getByText(problems.amountTooMuch.replace("{amount}", "¥224.00")).waitFor();

    await fillRefund(page, say, { how: "lines", amount: "" });
    await send();
    await problemOf("lines").getByText(problems.linesNone).waitFor();
    await fillRefund(page, say, { pieces: { "明前龙井 50 克": "3" } });
    await send();
    await problemOf("quantity.TEA-50").waitFor();
    await expectAccessible();
    await fillRefund(page, say, { pieces: { "明前龙井 50 克": "1" }, amount: "68.01" });
    await send();
    await problemOf("amount").getByText(problems.linesTooMuch.replace("{amount}", "¥68.00")).waitFor();

    expect(await refundsOf(orderNo)).toEqual([]);
    await leave();
  });
});

test("by line the price is suggested, less may be asked for, and the next request sees what is left", async () => {
  const { page, leave } = await visit(browser, { ...small, locale: "zh-CN" });
  const { orderNo } = await paidOrder(page, running);
  await page.goto(`${running.url}/orders/${orderNo}/refund`);
  const amount = page.getByLabel(zh.refundForm.amount, { exact: true });

  await fillRefund(page, zh, { how: "lines", pieces: { "明前龙井 50 克": "1" } });
  expect(await amount.inputValue()).toBe("68.00");
  await fillRefund(page, zh, { pieces: { "青瓷茶碗 梅子青": "1" } });
  expect(await amount.inputValue()).toBe("156.00");
  await fillRefund(page, zh, { amount: "１００" });
  await fillRefund(page, zh, { pieces: { "青瓷茶碗 梅子青": "0" } });
  expect(await amount.inputValue()).toBe("100.00"); // The buyer's own amount is not written over.
  await askInBrowser(page, running, zh, {
    orderNo,
    how: "lines",
    pieces: { "明前龙井 50 克": "1" },
    amount: "60.5",
  });

  const [refund] = await refundsOf(orderNo);
  expect(refund).toMatchObject({ fen: 6050 });
  expect(await linesOf(refund?.id)).toEqual([{ sku: "TEA-50", quantity: 1 }]);
  await page.goto(`${running.url}/orders/${orderNo}/refund`);
  await page.getByText("−¥60.50").waitFor();
  expect(await page.getByText("¥163.50").count()).toBeGreaterThan(0);
  await fillRefund(page, zh, { how: "lines" });
  expect(await page.getByText("可退 1 件").count()).toBe(2);
  await fillRefund(page, zh, { pieces: { "明前龙井 50 克": "2" }, reason: "other" });
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.locator('[id="quantity.TEA-50-problem"]').getByText("0 到 1").waitFor();
  expect(await refundsOf(orderNo)).toHaveLength(1);
  await leave();
});

test("when less is left meanwhile, the form says how much and asks for no more", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...small, locale: "zh-CN" });
  const { orderNo } = await paidOrder(page, running);
  await page.goto(`${running.url}/orders/${orderNo}/refund`);
  await page.request.post(`${running.url}/api/refund`, {
    data: { orderNo, refundFen: 1000, reason: "other" },
  });

  await fillRefund(page, zh, { how: "whole", reason: "unwanted" });
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.locator("#how-problem").getByText("最多可退 ¥214.00。").waitFor();
  expect(await refundsOf(orderNo)).toHaveLength(1);
  await page.getByRole("radio", { name: "¥214.00" }).waitFor();
  await expectAccessible();
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);

  expect(await refundsOf(orderNo)).toMatchObject([{ fen: 1000 }, { fen: 21_400 }]);
  await leave();
});

test("pictures are sent one by one; a wrong type, 20 MB and a fourth are refused by name and the others stay", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...small, locale: "zh-CN" });
  const { orderNo } = await paidOrder(page, running);
  await page.goto(`${running.url}/orders/${orderNo}/refund`);
  const choose = page.getByLabel(zh.refundForm.addPicture);
  const previews = page.getByRole("img", { name: /第 \d 张图片/ });
  const png = (color: string) =>
    page.evaluate(drawPng, color).then((base64) => Buffer.from(base64, "base64"));
  const picture = async (color: string) => ({
    name: `${color}.png`,
    mimeType: "image/png",
    buffer: await png(color),
  });

  await choose.setInputFiles([
    await picture("red"),
    { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") },
    { name: "huge.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(20 * 1024 * 1024) },
    await picture("green"),
  ]);
  await page.getByText(/^huge\.jpg：图片超过 5 MB/).waitFor();
  await page.getByText(/^notes\.png：/).waitFor();
  expect(await previews.count()).toBe(2);
  for (const preview of await previews.all())
    expect(await preview.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(40);
  await expectAccessible();

  await choose.setInputFiles([await picture("blue"), await picture("gold")]);
  await page.getByText("最多上传 3 张图片，多出的没有上传。").waitFor();
  expect(await previews.count()).toBe(3);
  expect(await choose.count()).toBe(0);
  await page.getByRole("button", { name: "移除第 3 张图片" }).click();
  expect(await previews.count()).toBe(2);
  await page.getByLabel(zh.refundForm.reason, { exact: true }).selectOption("damaged");
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByText(zh.refunds.details).click();
  expect(await previews.count()).toBe(2);
  await expectAccessible();

  const [refund] = await refundsOf(orderNo);
  const [{ count }] = await running.shop.sql<[{ count: number }]>`
    SELECT count(*)::int AS count FROM refund_pictures WHERE refund_id = ${refund?.id}`;
  expect(count).toBe(2);
  await leave("422"); // The browser itself reports the refused picture.
});

/** A square of one colour, as a PNG in base64. */
function drawPng(color: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  const context = canvas.getContext("2d");
  if (context) context.fillStyle = color;
  context?.fillRect(0, 0, 40, 40);
  return canvas.toDataURL("image/png").split(",")[1] ?? "";
}

test("without an answer the form keeps what was typed, and sent again it asks once", async () => {
  const { page, leave } = await visit(browser, { ...small, locale: "zh-CN" });
  const { orderNo } = await paidOrder(page, running);
  await page.goto(`${running.url}/orders/${orderNo}/refund`);
  await fillRefund(page, zh, { how: "part", amount: "10", reason: "other", reasonText: "少发了一件" });
  let answers = 0;
  await page.route("**/refund", async (route) => {
    if (route.request().method() !== "POST" || ++answers > 1) return route.continue();
    await route.fetch(); // It arrives and is done; the answer is lost on the way.
    await route.fulfill({ status: 200, contentType: "text/html", body: "<p>a captive portal</p>" });
  });

  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.getByText(zh.refundForm.unreachable).waitFor();
  expect(await page.getByLabel(zh.refundForm.reasonText).inputValue()).toBe("少发了一件");
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);

  expect(await refundsOf(orderNo)).toMatchObject([{ fen: 1000 }]);
  await leave();
});

test("without JavaScript a buyer asks, mends, withdraws and tells how the goods come back", async () => {
  const { page, leave } = await visit(browser, { ...small, locale: "zh-CN", javaScriptEnabled: false });
  const { orderNo } = await paidOrder(page, running);
  await page.goto(`${running.url}/orders/${orderNo}/refund`);
  expect(await page.locator("noscript p").textContent()).toBe(zh.refundForm.picturesNoScript);
  expect(await page.locator("input[type=file]").count()).toBe(0);
  expect(await page.getByLabel(zh.refundForm.amount, { exact: true }).isVisible()).toBe(false);

  await fillRefund(page, zh, { how: "lines", amount: "", reason: "damaged", reasonText: "碗有裂纹" });
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.getByText(zh.refundForm.problems.linesNone).waitFor();
  expect(await page.getByLabel(zh.refundForm.reasonText).inputValue()).toBe("碗有裂纹");
  expect(await page.getByLabel(zh.refundForm.reason, { exact: true }).inputValue()).toBe("damaged");
  await fillRefund(page, zh, { pieces: { "青瓷茶碗 梅子青": "1" } });
  await page.getByRole("button", { name: zh.refundForm.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  const [refund] = await refundsOf(orderNo);
  expect(refund).toMatchObject({ fen: 8800, reason: "damaged" });

  await page.getByText(zh.refunds.withdraw, { exact: true }).click();
  await page.getByRole("button", { name: zh.refunds.withdrawConfirm }).click();
  await page.getByText(zh.refunds.text.withdrawn).waitFor();

  await running.shop
    .sql`UPDATE refunds SET status = 'awaiting_return', decision_note = '杭州市龙井路 2 号' WHERE id = ${refund?.id}`;
  await page.reload();
  await page.getByText("杭州市龙井路 2 号").waitFor();
  await page.getByLabel(zh.refunds.return.carrier).fill("顺丰速运");
  await page.getByLabel(zh.refunds.return.trackingNo).fill("!");
  await page.getByRole("button", { name: zh.refunds.return.submit }).click();
  await page.getByText(zh.refunds.return.trackingNoProblem).waitFor();
  expect(await page.getByLabel(zh.refunds.return.carrier).inputValue()).toBe("顺丰速运");
  await page.getByLabel(zh.refunds.return.trackingNo).fill("SF1234567890");
  await page.getByRole("button", { name: zh.refunds.return.submit }).click();
  await page.getByText("已登记 顺丰速运 SF1234567890").waitFor();
  await leave();
});

test("a form that is sent three times at once asks once", async () => {
  const { page, leave } = await visit(browser, { ...small, locale: "zh-CN" });
  const { orderNo } = await paidOrder(page, running);
  const address = `${running.url}/orders/${orderNo}/refund`;
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const source = await (await fetch(address, { headers: { cookie } })).text();
  const form = new FormData();
  const asking = source.slice(source.indexOf('name="orderNo"') - 2000);
  for (const [, input = ""] of asking.matchAll(/<input type="hidden"([^>]*)>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? "";
    if (name && name !== "locale" && !name.startsWith("$ACTION_ID_"))
      form.append(name, value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
  }
  for (const [name, value] of Object.entries({ how: "part", amount: "12.30", reason: "other" }))
    form.append(name, value);

  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      fetch(address, { method: "POST", body: form, redirect: "manual", headers: { cookie } }),
    ),
  );

  expect(answers.map((answer) => answer.headers.get("location"))).toEqual(
    Array.from({ length: 3 }, () => `/orders/${orderNo}`),
  );
  expect(await refundsOf(orderNo)).toMatchObject([{ fen: 1230 }]);
  await leave();
});

test("an order of which nothing can be refunded says why", async () => {
  const { page, leave } = await visit(browser, { ...small, locale: "zh-CN" });
  const { whyNot } = zh.refundForm;
  const why = async (orderNo: string, reason: string) => {
    await page.goto(`${running.url}/orders/${orderNo}/refund`);
    await page.getByText(reason).waitFor();
    expect(await page.getByRole("button", { name: zh.refundForm.submit }).count()).toBe(0);
    await page.goto(`${running.url}/orders/${orderNo}`);
    expect(await page.getByRole("link", { name: zh.order.askRefund }).count()).toBe(0);
  };

  const unpaid = await orderInBrowser(page, running.url, zh, "one-fen");
  await why(unpaid, whyNot.unpaid);
  await page.request.post(`${running.url}/api/orders/${unpaid}/cancel`);
  await why(unpaid, whyNot.closed);

  const { orderNo: old } = await paidOrder(page, running);
  const { sql } = running.shop;
  await sql`UPDATE orders SET paid_at = now() - interval '366 days' WHERE order_no = ${old}`;
  await sql`UPDATE receipts SET paid_at = now() - interval '366 days'
    WHERE order_id = (SELECT id FROM orders WHERE order_no = ${old})`;
  await why(old, whyNot.too_old);
  await leave();
});

test("nobody asks back money of somebody else's order", async () => {
  const owner = await visit(browser, { ...small, locale: "zh-CN" });
  const { orderNo } = await paidOrder(owner.page, running);
  const stranger = await visit(browser, { ...small, locale: "zh-CN" });
  await paidOrder(stranger.page, running, [{ sku: "TRY-1", quantity: 1 }]);

  const answer = await stranger.page.goto(`${running.url}/orders/${orderNo}/refund`);

  expect(answer?.status()).toBe(404);
  await stranger.leave("404");
  await owner.leave();
});
