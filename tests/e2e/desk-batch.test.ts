import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveryBatches } from "@/lib/db/schema/batches";
import type { StaffRole } from "@/lib/db/schema/staff";
import problems from "@/messages/en/problems.json";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aWorkbook } from "@/tests/support/a-workbook";
import { aTrackingNo } from "@/tests/support/an-order-to-ship";
import { aStaffMember, fillSignIn, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";
import { manyPaidOrders, type PaidOrder } from "@/tests/support/many-paid-orders";

const { "zh-CN": zh, en } = deskWords;
const importPath = "/dashboard/deliveries/import";
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  // Without a worker nothing is reported: what was shipped can be undone.
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** What a person of this role sees at a path; everybody is somebody new. */
async function enterAs(
  role: StaffRole,
  words: DeskWords,
  path: string,
  options: Parameters<typeof visit>[1],
) {
  const person = await aStaffMember(running, role);
  const one = await visit(browser, { locale: words === zh ? "zh-CN" : "en-US", ...options });
  await one.page.goto(running.url + path);
  await fillSignIn(one.page, words, { email: person.email, password: staffPassword });
  await one.page.waitForURL(running.url + path);
  return { ...one, person };
}

const orders = (count: number) => manyPaidOrders(running.shop.sql, count);
const statusOf = async (of: PaidOrder[]) =>
  (
    await running.shop
      .sql`SELECT status FROM orders WHERE id = ANY(${of.map(({ orderId }) => orderId)}) ORDER BY id`
  ).map(({ status }) => status);
/** A text of the catalogue with its numbers filled in; English plurals are not tried. */
const filled = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const trackingOf = (page: Page, words: DeskWords, { orderNo }: PaidOrder) =>
  page.getByRole("textbox", { name: filled(words.shipMany.trackingNo, { orderNo }) });
const send = async (
  page: Page,
  words: DeskWords,
  file: { name: string; mimeType: string; buffer: Buffer },
) => {
  await page.getByLabel(words.batches.import.file).setInputFiles(file);
  await page.getByRole("button", { name: words.batches.import.submit }).click();
};

describe("a selection", () => {
  test("on a phone: Enter leads to the next number and ships nothing; what was refused stays, what was shipped is marked", async () => {
    const [one, two, three] = (await orders(3)) as [PaidOrder, PaidOrder, PaidOrder];
    const path = `/dashboard/deliveries/ship?order=${one.orderNo}&order=${two.orderNo}&order=${three.orderNo}`;
    const { page, expectAccessible, leave } = await enterAs("fulfilment", zh, path, phone);
    expect(await page.getByText("浙江省 杭州市").count()).toBe(3);
    expect(await page.getByText("13800138000").count()).toBe(0);
    await expectAccessible();

    const numbers = [aTrackingNo(), "不是单号"];
    await trackingOf(page, zh, one).click();
    await page.keyboard.type(`${numbers[0]}`);
    await page.keyboard.press("Enter");
    await page.keyboard.type(`${numbers[1]}`);
    await page.keyboard.press("Enter");
    expect(await trackingOf(page, zh, three).evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.press("Enter");
    expect(await statusOf([one, two, three])).toEqual(["paid", "paid", "paid"]);
    await page.keyboard.press("Enter"); // The button has the focus now.

    await page.getByText(filled(zh.shipMany.result, { done: 1, failed: 1 })).waitFor();
    expect(await statusOf([one, two, three])).toEqual(["shipped", "paid", "paid"]);
    expect(await trackingOf(page, zh, two).inputValue()).toBe("不是单号");
    expect(await trackingOf(page, zh, one).count()).toBe(0);
    await page.getByText(`${zh.shipMany.sent} ${zh.common.carrier.YTO} ${numbers[0]}`).waitFor();
    await expectAccessible();

    await page.getByRole("link", { name: zh.shipMany.toBatch }).click();
    await page.getByRole("button", { name: zh.batches.undo }).click();
    await page.getByText(filled(zh.batches.done.undo, { undone: 1, kept: 0 })).waitFor();
    expect(await statusOf([one])).toEqual(["paid"]);
    await leave();
  });

  test("without JavaScript Enter ships nothing, and the button ships", async () => {
    const [one] = (await orders(1)) as [PaidOrder];
    const path = `/dashboard/deliveries/ship?order=${one.orderNo}`;
    const { person, leave: leaveFirst } = await enterAs("owner", en, "/dashboard", desktop);
    await leaveFirst();
    const cookie =
      (await signInOverHttp(running.url, { email: person.email, password: staffPassword })) ?? "";
    const plain = await visit(browser, {
      ...{ ...desktop, locale: "en-US", javaScriptEnabled: false, extraHTTPHeaders: { cookie } },
    });
    await plain.page.goto(running.url + path);

    await trackingOf(plain.page, en, one).fill(aTrackingNo());
    await trackingOf(plain.page, en, one).press("Enter");
    await plain.page.getByText(en.shipMany.deedMissing).waitFor();
    expect(await statusOf([one])).toEqual(["paid"]);
    await plain.page.getByRole("button", { name: en.shipMany.submit }).click();

    await plain.page.getByText(filled(en.shipMany.result, { done: 1, failed: 0 })).waitFor();
    expect(await statusOf([one])).toEqual(["shipped"]);
    await plain.leave();
  });
});

describe("a file", () => {
  test("on a phone: a dry run, its refused rows as a file, shipped, undone", async () => {
    const paid = await orders(3);
    const lines = [
      "订单号,快递单号,收件人",
      ...paid.map(({ orderNo }) => `${orderNo},${aTrackingNo()},王小明`),
    ];
    const buffer = Buffer.from([...lines, `99999999999999999999,${aTrackingNo()},王小明`].join("\r\n"));
    const { page, expectAccessible, leave } = await enterAs("fulfilment", zh, importPath, phone);
    await expectAccessible();

    await send(page, zh, { name: "今天.csv", mimeType: "text/csv", buffer });
    await page.getByText(filled(zh.batches.sum.draft, { orders: 3, buyers: 3, refused: 1 })).waitFor();
    expect(await page.getByText("王小明").count()).toBe(0);
    expect(await statusOf(paid)).toEqual(["paid", "paid", "paid"]);
    await expectAccessible();
    await page.getByRole("link", { name: filled(zh.batches.show.refused, { count: 1 }) }).click();
    await page.waitForURL(/show=refused/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: zh.batches.download }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toMatch(
      /^\ufeff订单号,快递单号,收件人,原因\r\n"\t9{20}",YT\d+,王小明,没有这个订单号。\r\n$/,
    );

    await page.getByRole("button", { name: filled(zh.batches.apply, { orders: 3 }) }).click();
    await page.getByText(filled(zh.batches.done.apply, { shipped: 3, orders: 3 })).waitFor();
    expect(await statusOf(paid)).toEqual(["shipped", "shipped", "shipped"]);
    await expectAccessible();
    await page.getByRole("button", { name: zh.batches.undo }).click();
    await page.getByText(filled(zh.batches.done.undo, { undone: 3, kept: 0 })).waitFor();
    expect(await statusOf(paid)).toEqual(["paid", "paid", "paid"]);
    await expectAccessible();
    await leave();
  });

  test("a workbook whose columns nobody could guess is set right; a file that is none says why", async () => {
    const paid = await orders(2);
    const rows = paid.map(({ orderNo }) => ["x", aTrackingNo(), orderNo]);
    const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const { page, expectAccessible, leave } = await enterAs("owner", en, importPath, desktop);
    await send(page, en, { name: "old.xls", mimeType, buffer: Buffer.of(0xd0, 0xcf, 0x11, 0xe0) });
    await page.getByRole("alert").filter({ hasText: en.batches.unreadable.old_excel }).waitFor();

    const workbook = await aWorkbook([["订单号", "b", "c"], ...rows]);
    await send(page, en, { name: "a.xlsx", mimeType, buffer: Buffer.from(workbook) });
    await page.getByText("0 orders will be shipped, 0 buyers informed; 2 rows refused.").waitFor();
    await page.getByText(en.batches.columnsTitle).click();
    await page.getByLabel("订单号", { exact: true }).selectOption("");
    await page.getByLabel("c", { exact: true }).selectOption("order");
    await page.getByLabel("b", { exact: true }).selectOption("order");
    await page.getByRole("button", { name: en.batches.check }).click();
    await page.getByRole("alert").filter({ hasText: problems.fields.columnTwice }).waitFor();
    await page.getByLabel("b", { exact: true }).selectOption("trackingNo");
    await page.getByRole("button", { name: en.batches.check }).click();
    await page.getByText("2 orders will be shipped, 2 buyers informed; 0 rows refused.").waitFor();
    await expectAccessible();

    await page.getByRole("button", { name: filled(en.batches.apply, { orders: 2 }) }).click();
    await page.getByText("2 rows shipped, 2 orders.", { exact: true }).waitFor();
    expect(await statusOf(paid)).toEqual(["shipped", "shipped"]);
    await leave();
  });

  test("of somebody who may not ship, or from another site, is not read", async () => {
    const cookieOf = async (role: StaffRole) => {
      const { email } = await aStaffMember(running, role);
      return (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
    };
    const [support, owner] = await Promise.all([cookieOf("support"), cookieOf("owner")]);
    const count = () => running.shop.db.$count(deliveryBatches);
    const before = await count();
    const post = async (
      cookie: string,
      headers: Record<string, string> = {},
      bytes = "订单号,快递单号\n1,2\n",
    ) => {
      const body = new FormData();
      body.append("file", new File([bytes], "a.csv"));
      const init = { method: "POST", body, redirect: "manual", headers: { cookie, ...headers } } as const;
      return (await fetch(`${running.url}/api/import/deliveries`, init)).headers.get("location");
    };

    expect(await post("")).toBe(`${importPath}?problem=unauthenticated`);
    expect(await post(support)).toBe(`${importPath}?problem=forbidden`);
    expect(await post(owner, { "sec-fetch-site": "cross-site" })).toBe(`${importPath}?problem=forbidden`);
    expect(await post(owner, {}, "1".repeat(6 * 1024 * 1024))).toBe(`${importPath}?problem=body_too_large`);
    expect(await count()).toBe(before);
    expect(await post(owner)).toMatch(/^\/dashboard\/deliveries\/batches\/\d+$/);
    const refused = await fetch(`${running.url}/api/export/batches/${before + 1}/refused`, {
      headers: { cookie: support },
    });
    expect(refused.status).toBe(403);
  });
});
