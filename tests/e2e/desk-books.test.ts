import { parse } from "csv-parse/sync";
import type { Browser, Download, Page } from "playwright";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/seal-entries";
import { changeSetting } from "@/lib/settings/change-setting";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aStaffMember, enterDesk, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { manyPaidOrders, type PaidOrder } from "@/tests/support/many-paid-orders";

const { "zh-CN": zh, en } = deskWords;
const formula = '=HYPERLINK("http://evil.example")';
let browser: Browser;
let running: RunningShop;
let orders: PaidOrder[];
let support: string;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
  const { sql } = running.shop;
  orders = await manyPaidOrders(sql, 3);
  await sql`UPDATE orders SET recipient = recipient || jsonb_build_object('name', ${formula}::text)`;
  const { email } = await aStaffMember(running, "support");
  support = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
async function pressForFile(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}
const numbers = (rows: unknown[][]) =>
  rows
    .slice(1)
    .map(([cell]) => String(cell).trim())
    .sort();
const ours = () => orders.map(({ orderNo }) => orderNo).sort();

test("a list is a file over its own filter, a formula in it does nothing, and a long one is fetched when it is written", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await enterDesk(page, running, zh, "/dashboard/deliveries");
  await page.locator("summary").filter({ hasText: zh.exports.links.title }).click();
  await expectAccessible();

  const masked = await pressForFile(page, () => page.getByRole("link", { name: "CSV" }).first().click());
  expect(masked.name).toMatch(/^deliveries-\d{4}-\d{2}-\d{2}\.csv$/);
  const [header = [], ...rows] = parse(masked.bytes, { bom: true }) as string[][];
  expect(header[0]).toBe(zh.exports.columns.deliveries.orderNo);
  expect(numbers([header, ...rows])).toEqual(ours());
  expect(rows.map((row) => row[header.indexOf(zh.exports.columns.deliveries.recipient)])).toEqual(
    Array.from({ length: 3 }, () => "'=＊＊"),
  );
  const whole = await pressForFile(page, () => page.getByRole("link", { name: "CSV" }).last().click());
  expect(whole.bytes.toString()).toContain(`"'=HYPERLINK(""http://evil.example"")"`);

  const [owner] = await running.shop.sql<{ staffId: number }[]>`SELECT min(id)::int AS "staffId" FROM staff`;
  const by = { staffId: owner?.staffId ?? 0, address: "127.0.0.1" };
  await changeSetting(running.shop, { key: "exportAtOnceRows", value: "2", ...by });
  await page.getByRole("link", { name: "XLSX" }).first().click();
  await page.waitForURL(/\/dashboard\/exports\/\d+$/);
  await page.getByText(zh.exports.status.done, { exact: true }).waitFor();
  await expectAccessible();
  const written = await pressForFile(page, () =>
    page.getByRole("link", { name: zh.exports.download }).click(),
  );
  expect(numbers(await readSheet(written.bytes))).toEqual(ours());

  await page.getByRole("link", { name: zh.exports.toAll }).click();
  await page.getByRole("table", { name: zh.exports.label }).getByText("3 行").waitFor();
  await expectAccessible();
  const id = page.url();
  await running.shop.sql`UPDATE list_exports SET status = 'failed', error_text = 'filter_too_wide'`;
  await page.goto(`${id}/${(await running.shop.sql`SELECT id FROM list_exports`)[0]?.id}`);
  await page.getByText(zh.exports.failures.filter_too_wide).waitFor();
  await expectAccessible();
  await page.getByRole("button", { name: zh.exports.tryAgain }).click();
  await page.getByText(zh.exports.status.done, { exact: true }).waitFor();
  await leave();
});

test("who may not export gets no file, neither by the list nor by somebody else's number, and it is kept", async () => {
  const status = async (path: string, headers: Record<string, string> = {}, method = "GET") =>
    (await fetch(running.url + path, { method, headers, redirect: "manual" })).status;
  const [row] = await running.shop.sql`SELECT id FROM list_exports`;
  const cookie = (await signInOverHttp(running.url, running.signIn)) ?? "";

  expect(await status("/api/export/orders?format=csv")).toBe(401);
  expect(await status("/api/export/orders?format=csv", { cookie: support })).toBe(403);
  expect(await status(`/api/export/files/${row?.id}`, { cookie: support })).toBe(403);
  expect(await status("/api/export/nothing?format=csv", { cookie })).toBe(404);
  expect(await status("/api/export/files/999999", { cookie })).toBe(404);
  expect(await status("/api/export/orders?format=csv", { cookie }, "POST")).toBe(405);
  expect(await status("/api/export/orders?format=pdf", { cookie })).toBe(400);
  expect(await status("/api/export/orders?format=csv&status=payed", { cookie })).toBe(400);
  expect(await status("/api/export/orders?format=csv", { cookie, "sec-fetch-site": "cross-site" })).toBe(403);
  const kept = await running.shop.sql`SELECT FROM audit_entries
    WHERE action = 'staff.refused' AND subject_id = 'lists.export'`;
  expect(kept).toHaveLength(2);
});

test("the trail tells who did what and what it was before, is filtered, verified, and found broken when it is", async () => {
  await sealEntries(running.shop);
  const { page, expectAccessible, leave } = await visit(browser, {
    ...{ ...desktop, locale: "en-US", colorScheme: "dark" as const },
  });
  await enterDesk(page, running, en, "/dashboard/audit");
  const table = page.getByRole("table", { name: en.auditPage.label });
  await table.getByText(en.settings.names.exportAtOnceRows).waitFor();
  expect(await table.getByText("5,000 → becomes 2").count()).toBe(1);
  await expectAccessible();

  await page.getByRole("link", { name: en.auditPage.tabs.refused }).click();
  await page.waitForURL(/action=staff.refused/);
  await expect.poll(() => table.getByRole("row").count()).toBe(3);
  await page.getByLabel(en.auditPage.filters.about).fill(orders[0]?.orderNo ?? "");
  await page.getByRole("button", { name: en.auditPage.filters.apply }).click();
  await page.getByText(en.auditPage.none).waitFor();
  await expectAccessible();

  await page.goto(`${running.url}/dashboard/audit?action=list`);
  await expect.poll(() => table.getByRole("row").count()).toBeGreaterThan(3);
  await page.getByRole("button", { name: en.auditPage.chain.verify }).click();
  await page.getByText(/entries verified, all as they were sealed\./).waitFor();
  await expectAccessible();
  await running.shop.sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`UPDATE audit_entries SET action = 'staff.sign_in' WHERE seal_no = 2`;
  });
  await page.getByRole("button", { name: en.auditPage.chain.verify }).click();
  await page.getByRole("alert").filter({ hasText: "No. 2 (entry" }).waitFor();
  await leave();

  const narrow = await visit(browser, { ...phone, viewport: { width: 360, height: 780 }, locale: "zh-CN" });
  await enterDesk(narrow.page, running, zh, "/dashboard/audit");
  await narrow.page.getByText(zh.audit.audit_verify).first().waitFor();
  await narrow.expectAccessible();
  await narrow.leave();
});
