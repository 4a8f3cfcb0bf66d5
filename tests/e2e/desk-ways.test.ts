import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import { aBusyMorning, aColleague } from "@/tests/support/a-busy-morning";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { fillSignIn, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";

const { "zh-CN": zh, en } = deskWords;
let browser: Browser;
let running: RunningShop;
let morning: Awaited<ReturnType<typeof aBusyMorning>>;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
  morning = await aBusyMorning(running);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

type Sight = { words: DeskWords; colorScheme: "light" | "dark"; at: typeof phone | typeof desktop };

/** A colleague comes in the morning and finds the way from the first page by what is written on it. */
async function comesIn(role: StaffRole, { words, colorScheme, at }: Sight) {
  const { email } = await aColleague(running, role);
  const one = await visit(browser, { ...at, colorScheme, locale: words === zh ? "zh-CN" : "en-US" });
  await one.page.goto(`${running.url}/dashboard`);
  await fillSignIn(one.page, words, { email, password: staffPassword });
  await one.page.waitForURL(`${running.url}/dashboard`);
  return one;
}

const goTo = async (page: Page, words: DeskWords, room: Exclude<keyof DeskWords["nav"], "groups">) => {
  const frame = page.getByRole("navigation", { name: words.nav.label });
  const link = frame.getByRole("link", { name: words.nav[room] }).first();
  if (!(await link.isVisible())) await frame.locator("summary").click();
  await link.click();
  await page.waitForURL(new RegExp(`/dashboard/${room}`));
};
const open = (page: Page, summary: string) =>
  page
    .locator("summary", { hasText: new RegExp(`^${summary}$`) })
    .first()
    .click();
const answered = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text }).waitFor();

test("who packs: on a phone, in Chinese, from the deadline that has passed to a parcel that is on its way", async () => {
  const { page, expectAccessible, leave } = await comesIn("fulfilment", {
    words: zh,
    colorScheme: "light",
    at: phone,
  });
  await goTo(page, zh, "deliveries");
  await page.getByRole("link", { name: morning.late.orderNo }).click();
  await page.waitForURL(new RegExp(morning.late.orderNo));

  await open(page, zh.orderPage.actions.ship);
  await page.getByLabel(zh.order.deliveries.parcel.trackingNo).fill("SF1234567890999");
  await page.getByRole("button", { name: zh.order.deliveries.actions.ship, exact: true }).click();
  await answered(page, zh.orderPage.done.ship);

  await page.getByText("SF1234567890999").first().waitFor();
  await expectAccessible();
  expect(await page.getByRole("link", { name: zh.nav.money }).count()).toBe(0);
  await leave();
});

test("who keeps the books: at a desk, in English, from the refund that waits to its approval, and the day's list as a file", async () => {
  const { page, expectAccessible, leave } = await comesIn("finance", {
    words: en,
    colorScheme: "light",
    at: desktop,
  });
  await goTo(page, en, "refunds");
  await page.getByRole("link", { name: morning.refundNo }).click();
  await page.getByRole("button", { name: en.refund.approve.submit }).click();
  await page.getByText(en.refund.done.approve, { exact: true }).waitFor();
  await expectAccessible();

  await goTo(page, en, "money");
  await page.getByText(en.money.reasons.mismatch.todo).waitFor();
  await open(page, en.exports.links.title);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).first().click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^money-\d{4}-\d{2}-\d{2}\.csv$/);
  await leave();
});

test("who answers buyers: on a phone, in English and in the dark, from the last digits of a phone to a note", async () => {
  const { page, expectAccessible, leave } = await comesIn("support", {
    words: en,
    colorScheme: "dark",
    at: phone,
  });
  await goTo(page, en, "orders");
  await page.getByRole("searchbox").fill("4444");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=4444/);
  await page.getByRole("link", { name: morning.asked.orderNo }).click();
  await page.waitForURL(new RegExp(morning.asked.orderNo));

  await open(page, en.orderPage.actions.note);
  await page.getByLabel(en.orderPage.notes.text, { exact: true }).fill("Called twice, nobody answered.");
  await page.getByRole("button", { name: en.orderPage.notes.submit }).click();
  await answered(page, en.orderPage.done.note);

  await page.getByText("Called twice, nobody answered.").first().waitFor();
  await expectAccessible();
  await leave();
});

test("who owns the shop: at a desk, in Chinese and in the dark, from the setup doctor to a setting and what was done today", async () => {
  const { page, expectAccessible, leave } = await comesIn("owner", {
    words: zh,
    colorScheme: "dark",
    at: desktop,
  });
  await goTo(page, zh, "setup");
  await page.getByRole("heading", { name: zh.setup.checks.apiKey.title }).waitFor();
  await page.getByRole("button", { name: zh.setup.again }).click();
  await answered(page, zh.setup.done);
  await expectAccessible();

  await goTo(page, zh, "settings");
  const field = page.getByRole("textbox", { name: zh.settings.names.orderExpiresMinutes, exact: true });
  await field.fill("45");
  await page
    .getByRole("button", {
      name: `${zh.settings.save} ${zh.settings.names.orderExpiresMinutes}`,
      exact: true,
    })
    .click();
  await page.getByText(zh.settings.saved).waitFor();

  await goTo(page, zh, "audit");
  await page.getByText(zh.audit.setting_change).locator("visible=true").first().waitFor();
  await expectAccessible();
  await leave();
});
