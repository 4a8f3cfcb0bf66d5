import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aPaidOrder } from "@/tests/support/a-paid-order";
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
import { sendForm } from "@/tests/support/send-form";

const { "zh-CN": zh, en } = deskWords;
const path = "/dashboard/alarms";
const narrow = { ...phone, viewport: { width: 360, height: 780 }, locale: "zh-CN" };
const dark = { ...desktop, locale: "en-US", colorScheme: "dark" } as const;
let browser: Browser;
let running: RunningShop;
let order: Awaited<ReturnType<typeof aPaidOrder>>;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
  order = await aPaidOrder(running);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
beforeEach(() => running.shop.sql`TRUNCATE alarms CASCADE`);

const nav = (page: Page, words: DeskWords) =>
  page.getByRole("navigation", { name: words.nav.label }).getByRole("link", { name: words.nav.alarms });
const card = (page: Page, title: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: title });
const unfold = (page: Page, title: string) =>
  page
    .locator("summary", { hasText: new RegExp(`^${title}$`) })
    .first()
    .click();
const tab = (page: Page, words: DeskWords, state: keyof DeskWords["alarmStatus"]) =>
  page
    .getByRole("navigation", { name: words.alarms.states })
    .getByRole("link", { name: words.alarmStatus[state] });
const rows = () =>
  running.shop
    .sql`SELECT status, note, resolution, acknowledged_by::int, assigned_to::int, resolved_by::int FROM alarms ORDER BY id`;

test("an alarm arrives while the desk is open, is counted, read out and acknowledged on a phone", async () => {
  const { page, stays, expectAccessible, leave } = await visit(browser, narrow);
  await enterDesk(page, running, zh, path);
  await page.getByText(zh.live.on).waitFor();
  await page.getByText(zh.alarms.none.open).waitFor();
  expect(await page.title()).not.toContain("(");
  const stayed = await stays();

  await running.sandbox.alarm({ outTradeNo: order.outTradeNo });

  const title = zh.alarms.kinds["1001"].title;
  await page.getByRole("heading", { name: title }).waitFor({ timeout: 10_000 });
  await page.locator("[aria-live]").filter({ hasText: zh.alarms.live }).waitFor({ state: "attached" });
  expect(await nav(page, zh).textContent()).toBe(`${zh.nav.alarms}11 条未处理`);
  await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  await card(page, title).getByText(zh.alarms.outOfTime).waitFor();
  await card(page, title).getByRole("link", { name: order.orderNo }).waitFor();
  await expectAccessible();

  await unfold(page, zh.alarms.acknowledge.title);
  await page.getByLabel(zh.alarms.acknowledge.note).fill("已经联系仓库");
  await expectAccessible();
  await page.getByRole("button", { name: zh.alarms.acknowledge.submit }).click();
  await page.getByRole("status").filter({ hasText: zh.alarms.done.acknowledged }).waitFor();
  await page.getByText(zh.alarms.none.open).waitFor();
  await expect.poll(() => page.title()).not.toContain("(");
  await stayed();

  await tab(page, zh, "acknowledged").click();
  await card(page, title).getByText("已经联系仓库").waitFor();
  await card(page, title).getByRole("link", { name: order.orderNo }).click();
  await page.getByRole("main").getByRole("link", { name: title }).first().waitFor();
  await expectAccessible();
  await leave();
});

test("an alarm is assigned and resolved, and gone from a colleague's desk without a reload", async () => {
  await running.sandbox.alarm({ outTradeNo: order.outTradeNo, naming: "text" });
  await expect.poll(rows).toHaveLength(1);
  const support = await aStaffMember(running, "support");
  const title = en.alarms.kinds["1001"].title;
  const colleague = await visit(browser, dark);
  await colleague.page.goto(running.url + path);
  await fillSignIn(colleague.page, en, { email: support.email, password: staffPassword });
  await colleague.page.getByRole("heading", { name: title }).waitFor();
  const { page, expectAccessible, leave } = await visit(browser, dark);
  await enterDesk(page, running, en, path);

  await unfold(page, en.alarms.assign.title);
  await page.getByLabel(en.alarms.assign.to, { exact: true }).selectOption(String(support.id));
  await page.getByRole("button", { name: en.alarms.assign.submit }).click();
  await page.getByRole("status").filter({ hasText: en.alarms.done.assigned }).waitFor();
  await colleague.page.getByText(en.alarms.who.assigned.replace("{name}", "support")).waitFor();
  await page.goto(`${running.url}${path}?person=nobody`);
  await page.getByText(en.alarms.noneFiltered).waitFor();
  await colleague.page.locator("select[name=person]").selectOption("me");
  await colleague.page.getByRole("button", { name: en.alarms.filters.apply }).click();
  await colleague.page.waitForURL("**person=me**");
  await colleague.page.getByRole("heading", { name: title }).waitFor();
  await colleague.page.getByText(en.live.on, { exact: true }).waitFor();
  await colleague.expectAccessible();
  const stayed = await colleague.stays();

  await page.goto(running.url + path);
  await unfold(page, en.alarms.resolve.title);
  const note = page.getByLabel(en.alarms.resolve.note);
  expect(await note.evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing)).toBe(true);
  await note.fill("shipped this morning");
  await page.getByRole("button", { name: en.alarms.resolve.submit }).click();

  await page.getByRole("status").filter({ hasText: en.alarms.done.resolved }).waitFor();
  await colleague.page.getByRole("heading", { name: title }).waitFor({ state: "detached", timeout: 10_000 });
  await stayed();
  await tab(page, en, "resolved").click();
  await card(page, title).getByText("shipped this morning").waitFor();
  await expectAccessible();
  expect(await rows()).toMatchObject([{ status: "resolved", assigned_to: support.id, note: null }]);
  await leave();
  await colleague.leave();
});

test("without JavaScript an alarm is acknowledged, and resolved too late is told", async () => {
  await running.shop
    .sql`SELECT raise_alarm('shop', 'job_failed', 'job_failed:x', NULL, NULL, '{"task":"x"}')`;
  const { page, leave } = await visit(browser, { ...desktop, locale: "zh-CN", javaScriptEnabled: false });
  await enterDesk(page, running, zh, path);

  await unfold(page, zh.alarms.acknowledge.title);
  await page.getByRole("button", { name: zh.alarms.acknowledge.submit }).click();
  await page.getByText(zh.alarms.done.acknowledged).waitFor();
  await tab(page, zh, "acknowledged").click();
  await running.shop.sql`SELECT resolve_alarms(ARRAY['job_failed:x'], now())`;
  await unfold(page, zh.alarms.resolve.title);
  await page.getByLabel(zh.alarms.resolve.note).fill("好了");
  await page.getByRole("button", { name: zh.alarms.resolve.submit }).click();

  await page.getByRole("alert").waitFor();
  expect(await rows()).toMatchObject([{ status: "resolved", resolved_by: null }]);
  await leave();
});

describe("whoever may not", () => {
  test("a stranger's form is sent to sign in, and changes nothing", async () => {
    await running.shop.sql`SELECT raise_alarm('shop', 'job_failed', 'job_failed:x', NULL, NULL, '{}')`;
    const { email } = await aStaffMember(running, "fulfilment");
    const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
    const [alarm] = await running.shop.sql`SELECT id FROM alarms`;

    const answer = await sendForm({
      ...{ url: running.url + path, cookie, as: "" },
      form: `resolve:${alarm?.id}`,
      but: { note: "hello" },
    });

    expect(answer.status).toBe(307);
    expect(answer.headers.get("location")).toMatch(/^\/sign-in\?/);
    expect(await rows()).toMatchObject([{ status: "open" }]);
  });
});
