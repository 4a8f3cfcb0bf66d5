import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireOrder } from "@/tests/support/a-buyer";
import { anOpenOrder, aPaidOrder } from "@/tests/support/a-paid-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aStaffMember, enterDesk, fillSignIn, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { aRecipient } from "@/tests/support/order-in-browser";

const { "zh-CN": zh, en } = deskWords;
const path = "/dashboard/orders";
let browser: Browser;
let running: RunningShop;
let tea: string;
let open: Awaited<ReturnType<typeof anOpenOrder>>;
let paid: Awaited<ReturnType<typeof aPaidOrder>>;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
  const response = await fetch(`${running.url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ items: [{ sku: "TEA-50", quantity: 1 }], recipient: aRecipient }),
  });
  tea = ((await response.json()) as { orderNo: string }).orderNo;
  open = await anOpenOrder(running);
  paid = await aPaidOrder(running, { twice: true });
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

const numbers = (page: Page) => page.getByRole("table").locator("tbody").getByRole("link").allInnerTexts();
const box = (page: Page, words: typeof zh, orderNo: string) =>
  page.getByRole("checkbox", { name: words.lists.selected.one.replace("{orderNo}", orderNo) });

describe("the order list", () => {
  test("is filtered, searched and sorted by its address, and each filter is taken off by a link", async () => {
    const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "en-US" });
    await enterDesk(page, running, en, path);
    expect(await numbers(page)).toEqual([paid.orderNo, open.orderNo, tea]);
    await expectAccessible();

    await page.getByRole("link", { name: `${en.common.orderStatus.pending} 2`, exact: true }).click();
    await page.waitForURL(`**${path}?status=pending`);
    expect(await numbers(page)).toEqual([open.orderNo, tea]);
    await page.getByText(en.lists.filters.title, { exact: true }).click();
    await page.getByLabel(en.lists.filters.names.kind).selectOption("physical");
    await expectAccessible();
    await page.getByRole("button", { name: en.lists.filters.apply }).first().click();
    await page.waitForURL(`**${path}?status=pending&kind=physical`); // And nothing of what was left empty.
    expect(await numbers(page)).toEqual([tea]);
    const chips = page.getByRole("list", { name: en.lists.filters.active });
    await chips.getByRole("link", { name: "Kind: Physical" }).click();
    await page.waitForURL(`**${path}?status=pending`);
    await chips.getByRole("link").first().click();
    await page.waitForURL(`**${path}`);

    const head = page.getByRole("columnheader", { name: en.lists.columns.total });
    await head.getByRole("link").click();
    await page.waitForURL("**?sort=amount");
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    expect((await numbers(page)).at(-1)).toBe(tea);
    await head.getByRole("link").click();
    await page.waitForURL("**?sort=amount-up");
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect((await numbers(page))[0]).toBe(tea);

    for (const number of [paid.orderNo, paid.outTradeNo, ...paid.transactionIds]) {
      await page.getByRole("searchbox", { name: en.lists.search.label }).fill(` ${number} `);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.search.includes(number) && url.search.includes("sort=amount-up"));
      expect(await numbers(page)).toEqual([paid.orderNo]);
    }
    for (const text of [aRecipient.phone.slice(-4), aRecipient.name]) {
      await page.goto(`${running.url}${path}?q=${encodeURIComponent(text)}`);
      expect(await numbers(page)).toEqual([tea]);
    }
    await page.getByRole("link", { name: en.lists.presets.yesterday }).click();
    await page.getByText(en.lists.empty.notFound.replace("{text}", aRecipient.name)).waitFor();
    await page.getByRole("link", { name: en.lists.empty.everywhere }).click();
    await page.getByRole("link", { name: tea }).waitFor();
    await leave();
  });

  test("tells which filter is made up, and what to do when one finds nothing or reads too much", async () => {
    const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
    await enterDesk(page, running, zh, `${path}?status=banana&before=-1&min=12x&colour=red&kind=physical`);
    const told = page.getByRole("status").filter({ hasText: "banana" });
    expect(await told.textContent()).toBe(
      "地址里有无法识别的条件，已忽略：状态“banana”、金额从（元）“12x”、参数 colour“red”。其余条件照常生效。",
    );
    expect(await numbers(page)).toEqual([tea]);
    await expectAccessible();
    await page.goto(`${running.url}${path}?q=26000000000000000000`);
    await page.getByText(zh.lists.empty.notFoundHint).waitFor();
    await expectAccessible();

    const narrower = await running.shop.sql.begin(async (tx) => {
      await tx`LOCK TABLE order_lines`; // As good as a filter that reads for ever.
      await page.goto(`${running.url}${path}?product=spring-tea&sort=amount`);
      await page.getByText(zh.lists.tooWide.title).waitFor();
      await expectAccessible();
      return page.getByRole("link", { name: zh.lists.tooWide.month }).getAttribute("href");
    });
    expect(narrower).toMatch(/[?]from=\d{4}-\d\d-\d\d&product=spring-tea&sort=amount$/);
    await page.goto(running.url + narrower);
    expect(await numbers(page)).toEqual([tea]);
    await leave();
  });

  test("shows a payment the moment it comes in, and keeps what is ticked, on the page or slid off it", async () => {
    const order = await anOpenOrder(running);
    const { page, stays, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "zh-CN" });
    await enterDesk(page, running, zh, `${path}?status=pending`);
    await page.getByText(zh.live.on).waitFor();
    const stayed = await stays();
    await box(page, zh, tea).check();
    await box(page, zh, order.orderNo).check();

    const newer = await requireOrder(running.url, "COURSE-12");
    await running.sandbox.pay({ outTradeNo: order.outTradeNo });

    await page.getByText(zh.lists.selected.gone.replace("{count}", "1")).waitFor({ timeout: 10_000 });
    await page.getByRole("link", { name: newer.orderNo }).waitFor();
    await page.getByText(zh.lists.selected.picked.replace("{count}", "2")).waitFor();
    expect(await box(page, zh, tea).isChecked()).toBe(true);
    expect(await box(page, zh, newer.orderNo).isChecked()).toBe(false);
    await expectAccessible();
    const bar = page.getByRole("region", { name: zh.lists.selected.title });
    await bar.getByText(zh.lists.selected.export, { exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: zh.lists.selected.csv }).click(),
    ]);
    const rows = (await readFile(await file.path(), "utf8")).trim().split("\r\n").slice(1);
    expect(rows).toEqual([expect.stringContaining(tea), expect.stringContaining(order.orderNo)]);
    await page.evaluate(() => {
      const stranger = Object.assign(document.createElement("input"), { name: "order", value: "2600" });
      document.querySelector("[name=order]")?.after(stranger);
    });
    await bar.getByText(zh.lists.selected.note, { exact: true }).click();
    await page.getByLabel(zh.lists.selected.text).fill("请电话确认地址");
    await page.getByRole("button", { name: zh.lists.selected.addNote }).click();

    const answer = page.getByRole("alert");
    await answer.getByText("2 笔已添加备注，1 笔没有。").waitFor();
    expect(await answer.getByRole("listitem").allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`${tea} ${zh.lists.selected.noted}`),
        expect.stringContaining(`${order.orderNo} ${zh.lists.selected.noted}`),
        expect.stringMatching(/^2600 /),
      ]),
    );
    expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
    expect(await bar.isVisible()).toBe(false);
    await stayed();
    await leave();
  });

  test("is gone through by keyboard alone", async () => {
    const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "en-US" });
    await enterDesk(page, running, en, path);
    await page.getByRole("button", { name: en.lists.keys.hint }).waitFor();
    const [first, second, third] = await numbers(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);

    await page.keyboard.press("/");
    await page.keyboard.type("jx?");
    expect(await page.getByRole("searchbox").inputValue()).toBe("jx?");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe(first);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused()).toBe(second);
    await page.keyboard.press("x");
    await page.keyboard.press("Control+j");
    expect(await box(page, en, second ?? "").isChecked()).toBe(true);
    await box(page, en, third ?? "").focus();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused()).toBe(third);
    await box(page, en, first ?? "").click({ modifiers: ["Shift"] });
    await page.getByRole("checkbox", { name: en.lists.selected.all }).check();
    await page.getByText(`${(await numbers(page)).length} ticked`).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: en.lists.keys.title }).waitFor();
    await expectAccessible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/orders\/\d+$/);
    await leave();
  });
});

describe("a saved view", () => {
  test("is shared with another role, written over only after a question, and taken away by its keeper", async () => {
    const name = "待付款实物";
    const keeper = await visit(browser, { ...desktop, locale: "zh-CN" });
    const { page } = keeper;
    const { views } = zh.lists;
    await enterDesk(page, running, zh, `${path}?status=pending&kind=physical&density=compact`);
    const save = async () => {
      await page.getByRole("textbox", { name: views.name }).fill(name);
      await page.getByRole("checkbox", { name: views.share }).check();
      await page.getByRole("button", { name: views.save }).click();
    };
    await page.getByText(views.save, { exact: true }).first().click();
    await save();
    await page.getByText(views.answer.saved.replace("{name}", name)).waitFor();
    await keeper.expectAccessible();
    await page.keyboard.press("Escape");
    await page.getByRole("columnheader", { name: zh.lists.columns.total }).getByRole("link").click();
    await page.waitForURL(/sort=amount/);
    await page.getByText(views.save, { exact: true }).first().click();
    await save();
    await page.getByText(views.answer.exists.replace("{name}", name)).waitFor();
    await page.getByRole("button", { name: views.save }).click();
    await page.getByText(views.answer.replaced.replace("{name}", name)).waitFor();

    const other = await visit(browser, { ...phone, locale: "zh-CN", colorScheme: "dark" });
    const { email } = await aStaffMember(running, "support");
    await other.page.goto(running.url + path);
    await fillSignIn(other.page, zh, { email, password: staffPassword });
    const link = other.page.getByRole("navigation", { name: views.label }).getByRole("link", { name });
    await link.click();
    await other.page.waitForURL("**?status=pending&kind=physical&sort=amount&density=compact");
    expect(await numbers(other.page)).toEqual([tea]);
    expect(await link.getAttribute("aria-current")).toBe("page");
    await other.page.getByText(views.save, { exact: true }).first().click();
    expect(await other.page.getByRole("button", { name: views.delete }).count()).toBe(0);
    await box(other.page, zh, tea).check();
    expect(await other.page.getByText(zh.lists.selected.ship, { exact: true }).count()).toBe(0);
    await other.expectAccessible();

    await page.getByRole("button", { name: views.deleteOne.replace("{name}", name) }).click();
    await page.getByText(views.answer.deleted).waitFor();
    await other.page.reload();
    await link.waitFor({ state: "detached" });
    await other.leave();
    await keeper.leave();
  });
});

test("without a script the list is filtered, and ticked orders get a note, are shipped and printed", async () => {
  const { page, leave } = await visit(browser, { ...desktop, locale: "zh-CN", javaScriptEnabled: false });
  await enterDesk(page, running, zh, path);
  await page.getByText(zh.lists.filters.title, { exact: true }).click();
  await page.getByLabel(zh.lists.filters.names.kind).selectOption("physical");
  await page.getByRole("button", { name: zh.lists.filters.apply }).first().click();
  await page.waitForURL(/kind=physical/);
  expect(await numbers(page)).toEqual([tea]);

  await box(page, zh, tea).check();
  await page.getByRole("group").getByText(zh.lists.selected.note, { exact: true }).click();
  await page.getByLabel(zh.lists.selected.text).fill("没有脚本");
  await page.getByRole("button", { name: zh.lists.selected.addNote }).click();
  await page.getByText("1 笔已添加备注，0 笔没有。").waitFor();
  await box(page, zh, tea).check();
  await page.getByRole("button", { name: zh.lists.selected.ship, exact: true }).click();

  await page.waitForURL(`**/dashboard/deliveries/ship?order=${tea}`);
  await page.goto(running.url + path);
  await box(page, zh, tea).check();
  await page.getByRole("button", { name: zh.lists.selected.print }).click();
  await page.waitForURL(`**${path}/print?form=slip&order=${tea}`);
  await leave();
});
