import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOrder } from "@/lib/orders/create-order";
import problems from "@/messages/zh-CN/problems.json";
import { aPhotograph } from "@/tests/support/a-picture";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import {
  aStaffMember,
  enterDesk,
  fillSignIn,
  signInOverHttp,
  staffPassword,
} from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";
import { aRecipient } from "@/tests/support/order-in-browser";

const { "zh-CN": zh, en } = deskWords;
const path = "/dashboard/products";
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
  await running.shop.sql`TRUNCATE products, categories CASCADE`;
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** A text of the catalogue with its values filled in; plurals are not tried. */
const filled = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)(, number)?\}/g, (_, name) => String(values[name]));
const field = (page: Page, label: string, nth = 0) => page.getByLabel(label, { exact: true }).nth(nth);
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const status = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });
const photograph = async (name = "photo.jpg") => ({
  name,
  mimeType: "image/jpeg",
  buffer: await aPhotograph(),
});
const script = {
  name: "photo.png",
  mimeType: "image/png",
  buffer: Buffer.from("<svg><script>alert(1)</script></svg>"),
};
const productOf = async (page: Page) => Number(new URL(page.url()).pathname.split("/").at(-1));

test("the first product, on a phone: mended, with two variants and a picture, put on sale and seen by a buyer", async () => {
  const { page, expectAccessible, leave } = await visit(browser, {
    ...phone,
    locale: "zh-CN",
    colorScheme: "dark",
  });
  await enterDesk(page, running, zh, path);
  await page.getByText(zh.products.list.none).waitFor();
  await expectAccessible();
  await page.getByRole("link", { name: zh.products.list.createFirst }).click();
  await page.waitForURL(`${running.url}${path}/new`);

  const { form } = zh.products;
  await field(page, form.title).fill("洗手皂 Soap bar");
  await field(page, form.description).fill("第一行\n第二行");
  await field(page, form.price).fill("12.345");
  await press(page, form.rows.add);
  await field(page, form.variantTitle, 1).fill("大块");
  await field(page, form.price, 1).fill("３８");
  await field(page, form.onHand, 1).fill("20");
  await press(page, form.create);
  await page.getByText(zh.products.problems.priceFen).waitFor();
  await page.getByText(zh.products.problems.titleMissing).waitFor();
  expect(await field(page, form.price).inputValue()).toBe("12.345");
  expect(await field(page, form.price).getAttribute("aria-invalid")).toBe("true");
  expect(await field(page, form.description).inputValue()).toBe("第一行\n第二行");
  await expectAccessible();

  await field(page, form.variantTitle).fill("小块");
  await field(page, form.price).fill("¥12.3");
  await press(page, form.create);
  await page.getByText(form.created).waitFor();
  await expectAccessible();
  const productId = await productOf(page);
  const upload = page.getByLabel(zh.products.pictures.add);
  await upload.setInputFiles([script, await photograph(), await photograph("second.jpg")]);
  await page
    .getByText(filled(zh.products.pictures.problem, { name: script.name, reason: problems.picture_invalid }))
    .waitFor();
  await page.getByAltText(filled(zh.products.pictures.alt, { title: "洗手皂 Soap bar", place: 2 })).waitFor();
  await press(page, zh.products.sale.putOn);
  await status(page, zh.products.done.putOn).waitFor();
  await expectAccessible();

  const buyer = await visit(browser, { ...phone, locale: "zh-CN" });
  await buyer.page.goto(running.url);
  await buyer.page.getByRole("link", { name: "洗手皂 Soap bar" }).click();
  await buyer.page.waitForURL(`${running.url}/products/soap-bar`);
  await buyer.page.getByText("第一行\n第二行").waitFor();
  const shown = await buyer.page
    .locator("article img")
    .first()
    .evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return [image.naturalWidth > 0, new URL(image.currentSrc).pathname];
    });
  expect(shown).toEqual([true, expect.stringMatching(/^\/pictures\/[0-9a-f]{64}(-\d+)?\.webp$/)]);
  expect(await buyer.page.getByRole("radio").count()).toBe(2);
  expect(await buyer.page.getByRole("img", { name: "洗手皂 Soap bar" }).count()).toBe(2);
  await buyer.expectAccessible();
  await buyer.leave();

  const kept = await running.shop.sql`SELECT sku, title, price_fen::int, on_hand FROM variants
    WHERE product_id = ${productId} ORDER BY position`;
  expect(kept).toEqual([
    { sku: "SOAP-BAR-1", title: "小块", price_fen: 1230, on_hand: 0 },
    { sku: "SOAP-BAR-2", title: "大块", price_fen: 3800, on_hand: 20 },
  ]);
  await leave("422"); // The script's answer.
});

test("two people edit one product: the second sees what the first changed beside what they typed, and saves over it", async () => {
  const { form } = en.products;
  const one = await visit(browser, { ...desktop, locale: "en-US" });
  const two = await visit(browser, { ...desktop, locale: "en-US" });
  await enterDesk(one.page, running, en, path);
  await one.page.getByRole("link", { name: "洗手皂 Soap bar" }).click();
  await one.page.waitForURL(`${running.url}${path}/*`);
  await two.page.goto(one.page.url());
  await fillSignIn(two.page, en, running.signIn);
  await field(two.page, form.title).waitFor();

  await field(one.page, form.title).fill("Olive soap");
  await field(one.page, form.price).fill("15");
  await field(one.page, form.price).press("Enter");
  await status(one.page, form.saved).waitFor();
  await field(two.page, form.description).fill("Two lines\nof mine");
  await field(two.page, form.price).fill("16.50");
  await press(two.page, form.save);

  await two.page.getByRole("alert").filter({ hasText: "saved this product" }).waitFor();
  await two.page.getByText(filled(form.notes.taken, { was: "洗手皂 Soap bar" })).waitFor();
  await two.page.getByText(filled(form.notes.differs, { theirs: "15.00", was: "12.30" })).waitFor();
  expect(await field(two.page, form.title).inputValue()).toBe("Olive soap");
  expect(await field(two.page, form.price).inputValue()).toBe("16.50");
  expect(await field(two.page, form.description).inputValue()).toBe("Two lines\nof mine");
  await two.expectAccessible();
  await press(two.page, form.save);
  await status(two.page, form.saved).waitFor();

  await field(two.page, form.slug).fill("olive-soap");
  await press(two.page, form.save);
  await two.page.getByText(en.products.problems.slugShared).waitFor();
  await press(two.page, form.save);
  await status(two.page, form.saved).waitFor();
  const [product] = await running.shop.sql`SELECT title, slug, description, version FROM products`;
  expect(product).toEqual({
    title: "Olive soap",
    slug: "olive-soap",
    description: "Two lines\nof mine",
    version: 4,
  });
  await one.leave();
  await two.leave();
});

test("a packer counts and adjusts, never below what orders hold; support sees the history and nothing to change", async () => {
  const [variant] = await running.shop
    .sql`SELECT id::int, sku, product_id::int FROM variants WHERE on_hand = 20`;
  await createOrder(running.shop, {
    buyer: null,
    request: { items: [{ sku: variant?.sku, quantity: 3 }], recipient: aRecipient },
    idempotencyKey: null,
  });
  const at = `${path}/${variant?.product_id}`;
  const enterAs = async (
    role: "fulfilment" | "support",
    options: Parameters<typeof visit>[1],
    words: DeskWords,
  ) => {
    const { email } = await aStaffMember(running, role);
    const one = await visit(browser, options);
    await one.page.goto(running.url + at);
    await fillSignIn(one.page, words, { email, password: staffPassword });
    await one.page.getByRole("heading", { name: words.products.sections.history }).waitFor();
    return one;
  };
  const packer = await enterAs("fulfilment", { ...phone, locale: "zh-CN" }, zh);
  const { page } = packer;
  const { adjust } = zh.products;
  expect(await page.getByRole("button", { name: zh.products.form.save }).count()).toBe(0);
  const stock = page
    .getByRole("table", { name: zh.products.stock.title })
    .getByRole("row")
    .filter({ hasText: variant?.sku });

  await stock.getByText(adjust.open).click();
  await stock.getByLabel(adjust.how).selectOption("count");
  await stock.getByLabel(adjust.amount).fill("2");
  await stock.getByLabel(adjust.reason).selectOption("counted");
  await stock.getByLabel(adjust.note).fill("年底盘点");
  await stock.getByRole("button", { name: adjust.submit }).click();
  await page
    .getByRole("alert")
    .filter({ hasText: filled(zh.products.problems.stockTooLow, { onHand: 20, held: 3, most: "1,000,000" }) })
    .waitFor();
  expect(await stock.getByLabel(adjust.note).inputValue()).toBe("年底盘点");
  await packer.expectAccessible();
  await stock.getByLabel(adjust.amount).fill("12");
  await stock.getByRole("button", { name: adjust.submit }).click();
  await status(
    page,
    filled(zh.products.done.adjusted, { name: `大块 ${variant?.sku}`, before: 20, onHand: 12 }),
  ).waitFor();
  const history = page.getByRole("table", { name: zh.products.history.title }).getByRole("row").nth(1);
  expect(await history.textContent()).toMatch(/−8[\s\S]*12[\s\S]*年底盘点/);
  await packer.leave();

  const support = await enterAs("support", { ...desktop, locale: "en-US" }, en);
  await support.page.getByText("Two lines").waitFor();
  expect(await support.page.locator("#content").getByRole("button").count()).toBe(0);
  expect(await support.page.locator("#content").getByRole("textbox").count()).toBe(0);
  await support.expectAccessible();
  await support.page.goto(running.url + path);
  expect(await support.page.getByRole("link", { name: en.products.list.new }).count()).toBe(0);
  await support.page.getByRole("link", { name: en.products.states.low }).click();
  await support.page.getByText(filled(en.products.stock.low, { count: 9 })).waitFor();
  await support.expectAccessible();
  await support.leave();
});

test("without JavaScript: rows are added, pictures sent one by one and moved; who may not is refused", async () => {
  const plain = await visit(browser, { ...desktop, locale: "en-US", javaScriptEnabled: false });
  const { page } = plain;
  const { form, pictures } = en.products;
  await enterDesk(page, running, en, `${path}/new`);
  await field(page, form.title).fill("A course in soap making");
  await field(page, form.kind).selectOption("virtual");
  await press(page, form.rows.add);
  expect([await field(page, form.title).inputValue(), await field(page, form.kind).inputValue()]).toEqual([
    "A course in soap making",
    "virtual",
  ]);
  for (const [nth, name] of ["Online", "In person"].entries()) {
    await field(page, form.variantTitle, nth).fill(name);
    await field(page, form.price, nth).fill("100");
  }
  await press(page, form.rows.down.replace("{name}", "variant 1"));
  await press(page, form.create);
  await page.getByText(form.created).waitFor();
  const productId = await productOf(page);

  const send = async (file: { name: string; mimeType: string; buffer: Buffer }) => {
    await page.getByLabel(pictures.add).setInputFiles(file);
    await press(page, pictures.submit);
  };
  await send(script);
  await page.getByRole("alert").filter({ hasText: "JPEG" }).waitFor();
  await send(await photograph());
  await send(await photograph("second.jpg"));
  await press(page, filled(pictures.remove, { place: 1 }));
  await status(page, en.products.done.removed).waitFor();
  const [made] = await running.shop.sql`SELECT p.slug, p.kind, jsonb_array_length(images) AS images,
      (SELECT string_agg(title, ', ' ORDER BY position) FROM variants WHERE product_id = p.id) AS variants
    FROM products p WHERE id = ${productId}`;
  expect(made).toEqual({
    slug: "a-course-in-soap-making",
    kind: "virtual",
    images: 1,
    variants: "In person, Online",
  });
  await page.getByRole("link", { name: en.products.deliveredAs.edit }).click();
  expect(await page.getByText("A course in soap making").count()).toBe(2);
  await plain.leave();

  const { email } = await aStaffMember(running, "fulfilment");
  const packer = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
  const cookie = (await signInOverHttp(running.url, running.signIn)) ?? "";
  const post = async (headers: Record<string, string>) => {
    const body = new FormData();
    body.append("picture", new File([new Uint8Array(await aPhotograph())], "a.jpg"));
    const init = { method: "POST", body, headers: { accept: "application/json", ...headers } };
    return (await fetch(`${running.url}/api/import/pictures?product=${productId}`, init)).status;
  };
  expect(await post({})).toBe(401);
  expect(await post({ cookie: packer })).toBe(403);
  expect(await post({ cookie, "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await post({ cookie })).toBe(201);
});

test("categories are made, put in order, given to a product, renamed and removed; buyers browse by them", async () => {
  const { categories } = zh.products;
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await enterDesk(page, running, zh, path);
  await page.getByRole("link", { name: categories.open }).click();
  await page.getByText(categories.none).waitFor();
  await expectAccessible();
  for (const title of ["茶", "皂 Soap"]) {
    await field(page, categories.newTitle).fill(title);
    await press(page, categories.create);
    await status(page, filled(categories.done.created, { title })).waitFor();
  }
  await field(page, categories.newTitle).fill("茶");
  await press(page, categories.create);
  await page.getByRole("alert").filter({ hasText: problems.category_taken }).waitFor();
  expect(await field(page, categories.newTitle).inputValue()).toBe("茶");
  await press(page, filled(categories.up, { title: "皂 Soap" }));
  await status(page, categories.done.moved).waitFor();
  const names = page.getByRole("table", { name: categories.title }).getByRole("link");
  expect(await names.allTextContents()).toEqual(["皂 Soap", "茶"]);
  await expectAccessible();

  const [soap] = await running.shop.sql`SELECT id::int, slug FROM products WHERE on_sale ORDER BY id LIMIT 1`;
  const two = await visit(browser, { ...desktop, locale: "en-US" });
  await enterDesk(two.page, running, en, `${path}/${soap?.id}`);
  const choice = two.page.getByLabel(en.products.form.category, { exact: true });
  await choice.selectOption({ label: "皂 Soap" });
  await press(two.page, en.products.form.save);
  await status(two.page, en.products.form.saved).waitFor();
  const buyer = await visit(browser, { ...phone, locale: "zh-CN", javaScriptEnabled: false });
  await buyer.page.goto(running.url);
  await buyer.page.getByRole("link", { name: "皂 Soap" }).click();
  await buyer.page.waitForURL(`${running.url}/?category=soap`);
  expect(await buyer.page.locator(`a[href='/products/${soap?.slug}']`).count()).toBe(1);
  await buyer.leave();

  await page.reload();
  await page.getByText(`${categories.rename} 皂 Soap`).click();
  await field(page, categories.renameTitle).fill("手工皂");
  await press(page, categories.rename);
  await status(page, filled(categories.done.renamed, { title: "手工皂" })).waitFor();
  await page.getByText(`${categories.remove} 手工皂`).click();
  await press(page, categories.remove);
  await status(page, filled(categories.done.removed, { title: "手工皂", count: 1 })).waitFor();
  await expectAccessible();

  await two.page.getByLabel(en.products.form.title, { exact: true }).fill("Olive soap, cut by hand");
  await press(two.page, en.products.form.save);
  await two.page.getByRole("alert").filter({ hasText: "saved this product" }).waitFor();
  expect(await choice.inputValue()).toBe("");
  await press(two.page, en.products.form.save);
  await status(two.page, en.products.form.saved).waitFor();
  await two.leave();
  await leave();
});
