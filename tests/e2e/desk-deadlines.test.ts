import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { asLocalTime } from "@/lib/calendar/local-time";
import type { StaffRole } from "@/lib/db/schema/staff";
import { moveDeadline } from "@/lib/deliveries/move-deadline";
import problems from "@/messages/zh-CN/problems.json";
import { aRunningClock } from "@/tests/support/a-running-clock";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aStaffMember, fillSignIn, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";
import { sendForm } from "@/tests/support/send-form";

const { "zh-CN": zh, en } = deskWords;
const board = "/dashboard/deliveries";
const soon = { timeout: 10_000 };
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
beforeEach(() => running.shop.sql`UPDATE orders SET clock_ended_at = now() WHERE deliver_by IS NOT NULL`);

const clock = (of: Parameters<typeof aRunningClock>[1]) => aRunningClock(running.shop, of);

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

const table = (page: Page) => page.getByRole("table").first();
const numbersOn = async (page: Page) =>
  (await table(page).getByRole("link").allTextContents()).map((text) => text.trim());
const tab = (page: Page, words: DeskWords, label: string) =>
  page.getByRole("navigation", { name: words.board.filter }).getByRole("link", { name: label });

describe("the deadline board", () => {
  test("on a phone: worst first, time left in words, and only what a filter keeps", async () => {
    const near = await clock({ leftHours: 3.35, quantity: 3, shipped: 1 });
    const late = await clock({ kind: "virtual", leftHours: -2.01 });
    const refused = await clock({ leftHours: 50, shipped: 1, report: { status: "refused" } });
    await running.shop.sql`UPDATE orders SET reminders = 2, reminded_at = now() WHERE id = ${near.orderId}`;
    const { page, expectAccessible, leave } = await enterAs("fulfilment", zh, board, phone);

    await expect
      .poll(() => numbersOn(page), soon)
      .toEqual([late, near, refused].map((order) => order.orderNo));
    const rows = await table(page).getByRole("row").allTextContents();
    expect(rows[1]).toMatch(/超时.*已超 2 小时 0 分/);
    expect(rows[2]).toMatch(/临近.*剩 3 小时 20 分/);
    expect(rows[2]).toContain("已发 1/3 件");
    expect(rows[2]).toContain("催 2 次");
    expect(rows[3]).toContain(zh.standing.refused);
    await expectAccessible();

    await tab(page, zh, zh.board.states.refused).click();
    await page.waitForURL("**/dashboard/deliveries?state=refused");
    await expect.poll(() => numbersOn(page), soon).toEqual([refused.orderNo]);
    await tab(page, zh, zh.board.states.all).click();
    await expect.poll(() => numbersOn(page), soon).toHaveLength(3); // The form beside it keeps the state that is shown.
    await page.getByLabel(zh.board.kind).selectOption("virtual");
    await page.getByRole("button", { name: zh.board.apply }).click();
    await page.waitForURL(/kind=virtual/);
    await expect.poll(() => numbersOn(page), soon).toEqual([late.orderNo]);
    await expect
      .poll(() => tab(page, zh, zh.board.states.late).textContent(), soon)
      .toBe(`${zh.board.states.late} 1`);
    await leave();
  });

  test("in the dark: two orders are given to somebody, who finds them among theirs; ticks go to the shipping page", async () => {
    const [one, two, three] = [
      await clock({ leftHours: 1 }),
      await clock({ leftHours: 2 }),
      await clock({ leftHours: 3 }),
    ];
    const { page, person, expectAccessible, leave } = await enterAs("owner", en, board, {
      ...desktop,
      colorScheme: "dark",
    });
    await expectAccessible();

    await page.getByRole("button", { name: en.board.selected.assign }).click();
    await page.getByRole("alert").filter({ hasText: en.board.selected.nothingSelected }).waitFor();
    for (const { orderNo } of [one, two]) await page.getByRole("checkbox", { name: orderNo }).check();
    await page.getByLabel(en.board.selected.to).selectOption(String(person.id));
    await page.getByRole("button", { name: en.board.selected.assign }).click();
    await page.getByRole("status").filter({ hasText: "2 orders were assigned" }).waitFor();
    expect(await table(page).getByText("owner", { exact: true }).count()).toBe(2);

    await page.getByLabel(en.board.person).selectOption("mine");
    await page.getByRole("button", { name: en.board.apply }).click();
    await page.waitForURL(/person=mine/);
    await expect.poll(() => numbersOn(page), soon).toEqual([one.orderNo, two.orderNo]);
    await page.getByLabel(en.board.person).selectOption("nobody");
    await page.getByRole("button", { name: en.board.apply }).click();
    await page.waitForURL(/person=nobody/);
    await expect.poll(() => numbersOn(page), soon).toEqual([three.orderNo]);
    await page.getByRole("checkbox", { name: three.orderNo }).check();
    await page.getByRole("button", { name: en.board.selected.ship }).click();
    await page.waitForURL(`**/dashboard/deliveries/ship?order=${three.orderNo}`);
    await page.getByText(three.orderNo).first().waitFor();
    await leave();
  });

  test("who does not ship reads the board, and can give nobody an order", async () => {
    const order = await clock({ leftHours: 1 });
    const { page, person, expectAccessible, leave } = await enterAs("support", en, board, desktop);
    await expect.poll(() => numbersOn(page), soon).toEqual([order.orderNo]);
    expect(await page.getByRole("checkbox").count()).toBe(0);
    await expectAccessible();
    await leave();

    const owner = await aStaffMember(running, "owner");
    const cookies = await Promise.all(
      [owner, person].map(({ email }) => signInOverHttp(running.url, { email, password: staffPassword })),
    );
    const but = { deed: "assign", order: order.orderNo, to: String(owner.id) };
    const sent = { url: running.url + board, form: "board", but };
    const [allowed = "", forbidden = ""] = cookies.map((cookie) => cookie ?? "");
    expect((await sendForm({ ...sent, cookie: allowed, as: forbidden })).status).toBe(403);
    const [row] = await running.shop.sql`SELECT assigned_to FROM orders WHERE id = ${order.orderId}`;
    expect(row?.assigned_to).toBeNull();
  });
});

describe("moving a deadline", () => {
  test("with a reason, beside the clock, on a phone; what is refused is still there", async () => {
    const order = await clock({ leftHours: 2 });
    const path = `/dashboard/orders/${order.orderNo}`;
    const { page, person, expectAccessible, leave } = await enterAs("fulfilment", zh, path, phone);
    const section = page.getByRole("main");
    const clockSection = page.getByRole("region", { name: zh.order.clock.title });
    await clockSection.getByText(zh.deadline.near).waitFor();
    await section.locator("summary", { hasText: zh.orderPage.actions.moveDeadline }).click();
    const [to, reason] = [section.getByLabel(/新的时限/), section.getByLabel(zh.order.clock.move.reason)];
    const submit = section.getByRole("button", { name: zh.order.clock.move.submit });

    await to.fill("2020-01-01T08:00");
    await reason.fill("缺货，周五补到");
    await submit.click();
    await page.getByRole("alert").filter({ hasText: problems.deadline_invalid }).waitFor();
    expect([await to.inputValue(), await reason.inputValue()]).toEqual([
      "2020-01-01T08:00",
      "缺货，周五补到",
    ]);
    const wanted = asLocalTime(new Date(Date.now() + 48 * 60 * 60_000), "Asia/Shanghai");
    await to.fill(wanted);
    await expectAccessible();
    await submit.click();

    await page.getByRole("status").filter({ hasText: zh.orderPage.done.moveDeadline }).waitFor();
    await clockSection.getByText(zh.deadline.ahead).waitFor();
    await clockSection.getByText("缺货，周五补到").waitFor();
    const [row] = await running.shop.sql`SELECT deliver_by, (SELECT staff_id::int FROM audit_entries a
      WHERE a.order_id = o.id AND a.action = 'order.move_deadline') AS by FROM orders o WHERE id = ${order.orderId}`;
    expect(asLocalTime(new Date(row?.deliver_by), "Asia/Shanghai")).toBe(wanted);
    expect(row?.by).toBe(person.id);
    await leave();
  });

  test("an open board shows it without being loaded again; support sees the clock and cannot move it", async () => {
    const order = await clock({ leftHours: -1 });
    const desk = await enterAs("owner", en, board, desktop);
    const stays = await desk.stays();
    await table(desk.page).getByText(en.deadline.late).waitFor();
    await desk.page.getByText(en.live.on, { exact: true }).waitFor(); // What is signalled before is read half a minute later.

    const to = new Date(Date.now() + 40 * 60 * 60_000);
    const by = { staffId: desk.person.id, address: "127.0.0.1" };
    await moveDeadline(running.shop, { orderNo: order.orderNo, to, reason: "Agreed with the buyer", by });

    await table(desk.page).getByText(en.deadline.ahead).waitFor();
    await stays();
    await desk.leave();
    const { page, leave } = await enterAs("support", en, `/dashboard/orders/${order.orderNo}`, desktop);
    await page.getByText("Agreed with the buyer").waitFor();
    expect(await page.getByLabel(en.order.clock.move.reason).count()).toBe(0);
    await leave();
  });

  test("a clock that has ended says why, on the list and on the order's page", async () => {
    const order = await clock({ leftHours: 5 });
    await running.shop
      .sql`INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg, reported_at)
      VALUES (${order.receiptId}, ${order.orderId}, 'reported', 1, 'ok', now())`;
    await running.shop.sql`SELECT end_clock(${order.orderId}, now())`;
    const { page, expectAccessible, leave } = await enterAs("finance", zh, "/dashboard/orders", phone);

    await page
      .getByRole("row")
      .filter({ hasText: order.orderNo })
      .getByText(zh.deadline.ended.reported)
      .waitFor();
    await expectAccessible();
    await page.getByRole("link", { name: order.orderNo }).click();
    const section = page.getByRole("region", { name: zh.order.clock.title });
    await section.getByText(zh.deadline.ended.reported).waitFor();
    expect(await section.locator("summary").count()).toBe(0);
    await leave();
  });
});
