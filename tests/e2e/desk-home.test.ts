import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayAfter, dayOf, startOfDay } from "@/lib/calendar/days";
import { keepDays } from "@/lib/figures/keep-days";
import { signalDesk } from "@/lib/live/signal-desk";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aStaffMember, enterDesk, fillSignIn, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { manyPaidOrders } from "@/tests/support/many-paid-orders";

const { "zh-CN": zh, en } = deskWords;
const timeZone = "Asia/Shanghai";
let browser: Browser;
let running: RunningShop;
let yesterday: string;

beforeAll(async () => {
  // Without a worker, money that is owed stays owed, and what is late stays late.
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
  await aPaidOrder(running, { twice: true });
  await aPaidOrder(running, { amountFen: 1 });
  await aPaidOrder(running, { claim: "forged" });
  yesterday = dayAfter(dayOf(new Date(), timeZone), -1);
  await fourOrdersOf(yesterday);
  await keepDays(running.shop);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** Four orders of 88 yuan made at noon: three paid, two of these shipped after three and four hours, the last one late. */
async function fourOrdersOf(day: string) {
  const { sql } = running.shop;
  const noon = startOfDay(day, timeZone).getTime() + 12 * 3_600_000;
  const after = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();
  const made = await manyPaidOrders(sql, 4);
  const [first, second, late, unpaid] = made.map(({ orderId }) => orderId) as [
    number,
    number,
    number,
    number,
  ];
  await sql`UPDATE orders SET created_at = ${after(0)}, paid_at = ${after(0)} WHERE id = ANY(${made.map(({ orderId }) => orderId)})`;
  await sql`UPDATE receipts SET paid_at = ${after(0)} WHERE order_id = ANY(${[first, second, late]})`;
  for (const [id, hours] of [
    [first, 3],
    [second, 4],
  ] as const)
    await sql`UPDATE orders SET status = 'shipped', shipped_at = ${after(hours)}, clock_ended_at = ${after(hours)} WHERE id = ${id}`;
  await sql`UPDATE orders SET deliver_by = ${after(1)} WHERE id = ${late}`;
  await sql`DELETE FROM receipts WHERE order_id = ${unpaid}`;
  await sql`UPDATE orders SET status = 'closed', closed_reason = 'expired', paid_at = NULL, deliver_by = NULL WHERE id = ${unpaid}`;
}

const tile = (page: Page, label: string) =>
  page.getByRole("main").getByRole("link").filter({ hasText: label });

/** The number on a tile, and how many the list that it leads to holds. */
async function followed(page: Page, label: string, rows: (page: Page) => Promise<number>) {
  const shown = Number(/(\d+)/.exec((await tile(page, label).textContent())?.replace(label, "") ?? "")?.[1]);
  await tile(page, label).click();
  await page.waitForURL((url) => url.pathname !== "/dashboard");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const listed = await rows(page);
  await page.goBack();
  await page.getByRole("heading", { name: zh.home.title }).waitFor();
  return { shown, listed };
}
const tableRows = async (page: Page) => {
  await page.getByRole("table").waitFor();
  return (await page.getByRole("table").getByRole("row").count()) - 1;
};

test("an owner on a phone sees what is urgent first, and each number leads to a list that holds as many", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
  await enterDesk(page, running, zh);
  await expectAccessible();

  const { tasks } = zh.home;
  const urgent = await page
    .getByRole("main")
    .getByRole("list")
    .first()
    .getByRole("listitem")
    .allTextContents();
  const expected = [
    tasks.late,
    tasks.alarms,
    tasks.undecided,
    tasks.toShip,
    tasks.owed,
    tasks.badNotifications,
  ];
  expect(urgent.map((text, n) => text.includes(expected[n]?.label ?? "?"))).toEqual(expected.map(() => true));
  const box = await tile(page, tasks.toShip.label).boundingBox();
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(phone.viewport.height);
  expect(await tile(page, tasks.toShip.label).textContent()).toContain(tasks.toShip.next);
  expect(await tile(page, tasks.owed.label).textContent()).toContain("¥199.00");

  expect(await followed(page, tasks.late.label, tableRows)).toEqual({ shown: 1, listed: 1 });
  expect(await followed(page, tasks.toShip.label, tableRows)).toEqual({ shown: 2, listed: 2 });
  expect(await followed(page, tasks.undecided.label, tableRows)).toEqual({ shown: 1, listed: 1 });
  expect(await followed(page, tasks.owed.label, tableRows)).toEqual({ shown: 1, listed: 1 });
  expect(await followed(page, tasks.badNotifications.label, tableRows)).toEqual({ shown: 1, listed: 1 });
  const cards = (on: Page) =>
    on
      .getByRole("main")
      .getByRole("listitem")
      .filter({ has: on.getByRole("heading") })
      .count();
  const alarms = await followed(page, tasks.alarms.label, cards);
  expect(alarms.shown).toBe(alarms.listed);
  await leave();
});

test("the tables behind the charts hold the numbers of the days, and the page follows by itself", async () => {
  const { page, expectAccessible, stays, leave } = await visit(browser, {
    ...desktop,
    locale: "en-US",
    colorScheme: "dark",
  });
  await enterDesk(page, running, en);
  const { figures } = en.home;
  for (const name of ["orders", "money", "conversion", "shipping"] as const) {
    const card = page.getByRole("region", { name: figures[name].title });
    await card.getByRole("img").waitFor();
    await card.getByText(figures.table).click();
  }
  await expectAccessible();

  const cellsOf = async (name: "orders" | "money" | "conversion" | "shipping", nth: number) => {
    const card = page.getByRole("region", { name: figures[name].title });
    return card.getByRole("table").getByRole("row").nth(nth).getByRole("cell").allTextContents();
  };
  expect(await cellsOf("orders", 2)).toEqual(["4", "3"]);
  expect(await cellsOf("money", 2)).toEqual(["¥264.00", "¥0.00", "0"]);
  expect(await cellsOf("conversion", 2)).toEqual(["4", "3", "75%"]);
  expect(await cellsOf("shipping", 2)).toEqual(["2", "3 h 30 min"]);
  expect(await cellsOf("shipping", 1)).toEqual(["0", "—"]);
  expect(await cellsOf("orders", 3)).toEqual(["—", "—"]); // Before the shop's first order.
  expect(await page.locator("main style").count()).toBe(0);

  const health = page.getByRole("region", { name: en.home.health.title });
  expect(await health.textContent()).toContain(en.home.health.noWorker);
  await health.getByRole("link", { name: en.verdict.forged }).click();
  await page.waitForURL("**/dashboard/notifications?verdict=forged&within=24h");
  expect(await tableRows(page)).toBe(1);
  await page.goBack();

  await page.getByText(en.live.on, { exact: true }).waitFor();
  const still = await stays();
  const { orderNo } = await aPaidOrder(running);
  await signalDesk(running.shop.sql, { type: "order_paid", orderNo });
  await tile(page, en.home.tasks.toShip.label).getByText("3", { exact: true }).waitFor();
  await still();
  await leave();
});

test("a packer sees what is to ship first, and neither sums of money nor messages", async () => {
  const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "zh-CN" });
  const { email } = await aStaffMember(running, "fulfilment");
  await page.goto(`${running.url}/dashboard`);
  await fillSignIn(page, zh, { email, password: staffPassword });
  await page.getByRole("heading", { name: zh.home.title }).waitFor();
  await expectAccessible();

  const main = page.getByRole("main");
  const urgent = await main.getByRole("list").first().getByRole("listitem").allTextContents();
  expect(urgent[0]).toContain(zh.home.tasks.late.label);
  expect(urgent[1]).toContain(zh.home.tasks.toShip.label);
  const text = (await main.textContent()) ?? "";
  expect(text).toContain(zh.home.figures.orders.title);
  for (const word of ["¥", zh.home.figures.money.title, zh.home.tasks.owed.label, zh.home.health.received])
    expect(text).not.toContain(word);
  await leave();
});
