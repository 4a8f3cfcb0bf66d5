import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { enterDesk } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";

const { "zh-CN": zh, en } = deskWords;
let browser: Browser;
let running: RunningShop;
let short: Awaited<ReturnType<typeof aPaidOrder>>;

beforeAll(async () => {
  // Without a worker, money that is owed stays owed: with one it would go back by itself.
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
  await aPaidOrder(running, { twice: true });
  short = await aPaidOrder(running, { amountFen: 1 });
  await aPaidOrder(running, { claim: "forged" });
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

test("money that pays no order is told with what to do, and leads to its order", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await enterDesk(page, running, zh, "/dashboard/money");

  await page.getByText(zh.money.reasons.second_transaction.todo).waitFor();
  await page.getByText(zh.money.reasons.mismatch.todo).waitFor();
  await expectAccessible();
  await page.getByLabel(zh.money.kind).selectOption({ label: zh.money.verdicts.mismatch });
  await page.getByRole("button", { name: zh.money.apply }).click();
  await page.getByText(zh.money.reasons.second_transaction.todo).waitFor({ state: "detached" });
  await page.getByRole("link", { name: short.orderNo }).click();

  await page.getByText(zh.order.money.disputed).waitFor();
  await leave();
});

test("a forged notification is listed, and shown as received with its signature cut out", async () => {
  const { page, expectAccessible, leave } = await visit(browser, {
    ...desktop,
    locale: "en-US",
    colorScheme: "dark",
  });
  await enterDesk(page, running, en, "/dashboard/notifications");
  await expectAccessible();

  await page.getByLabel(en.notifications.verdict).selectOption("forged");
  await page.getByRole("button", { name: en.notifications.apply }).click();
  await page.waitForURL("**/dashboard/notifications?verdict=forged&kind=&**");
  await page.getByRole("table").getByRole("link").first().click();

  const raw = page.getByRole("group", { name: en.raw.label });
  await raw.first().waitFor();
  expect(await raw.first().textContent()).toContain("＊＊＊＊");
  await expectAccessible();
  await leave();
});

test("alarms say what they are, how often, and what to do", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "en-US" });
  await enterDesk(page, running, en, "/dashboard/alarms");

  for (const kind of ["forged_notification", "mismatching_money", "second_transaction"] as const) {
    await page.getByRole("heading", { name: en.alarms.kinds[kind].title }).waitFor();
    await page.getByText(en.alarms.kinds[kind].cause).waitFor();
  }
  await expectAccessible();
  await page.getByRole("link", { name: en.alarmStatus.resolved }).click();
  await page.getByText(en.alarms.none.resolved).waitFor();
  await leave();
});

test("alarms about refunds say what to do, and lead to the refund", async () => {
  const kinds = [
    ...[
      "refund_stuck",
      "refund_refused",
      "refund_not_enough",
      "refund_by_hand",
      "refund_abnormal",
      "refund_closed",
    ],
    ...[
      "refund_mismatch",
      "refund_contradiction",
      "unknown_refund",
      "certificate_trouble",
      "certificate_expiring",
    ],
  ] as (keyof typeof zh.alarms.kinds)[];
  const facts = JSON.stringify({ outRefundNo: "R1|2", refundFen: 3000, code: "NOTENOUGH", text: "余额不足" });
  for (const kind of kinds)
    await running.shop.sql`INSERT INTO alarms (source, kind, dedupe_key, facts)
      VALUES ('shop', ${kind}, ${`${kind}:test`}, ${facts}::text::jsonb)`;
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await enterDesk(page, running, zh, "/dashboard/alarms");

  for (const kind of kinds) {
    const card = page
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasText: zh.alarms.kinds[kind].title });
    await card.getByText(zh.alarms.kinds[kind].cause).waitFor();
    await card.getByText("¥30.00").waitFor();
  }
  await expectAccessible();
  const link = page.getByRole("link", { name: "R1|2" });
  expect(await link.count()).toBe(kinds.length - 1); // What is unknown has no page of its own.
  expect(await link.first().getAttribute("href")).toBe("/dashboard/refunds/R1%7C2");
  await running.shop.sql`DELETE FROM alarms WHERE dedupe_key LIKE '%:test'`;
  await leave();
});

test("settings are told with their reasons, and one press changes the language of the desk", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "zh-CN" });
  await enterDesk(page, running, zh, "/dashboard/settings");
  await page.getByText(zh.settings.reasons.orderExpiresMinutes).waitFor();
  await expectAccessible();

  await page.getByRole("button", { name: /English/ }).click();

  await page.getByText(en.settings.reasons.orderExpiresMinutes).waitFor();
  await leave();
});
