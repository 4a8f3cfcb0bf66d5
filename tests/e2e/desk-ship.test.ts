import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import problems from "@/messages/en/problems.json";
import chineseProblems from "@/messages/zh-CN/problems.json";
import { aRefundableOrder, type RefundableOrder } from "@/tests/support/a-refundable-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aTrackingNo } from "@/tests/support/an-order-to-ship";
import { aStaffMember, fillSignIn, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";
import { sendForm } from "@/tests/support/send-form";

const { "zh-CN": zh, en } = deskWords;
const narrow = { ...phone, viewport: { width: 360, height: 780 } };
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  // Without a worker nothing is reported: what a person ships stays as shipped.
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

const pathOf = ({ orderNo }: { orderNo: string }) => `/dashboard/orders/${orderNo}`;
const anOrder = (quantity = 2): Promise<RefundableOrder> =>
  aRefundableOrder(running.shop, {
    items: [
      { sku: "TEA-50", quantity },
      { sku: "BOWL-PLUM", quantity: 1 },
    ],
    isPhysical: true,
  });
const deliveriesOf = async ({ orderId }: RefundableOrder) =>
  (
    await running.shop
      .sql`SELECT kind, status, carrier, tracking_no AS no FROM deliveries WHERE order_id = ${orderId} ORDER BY id`
  ).map((row) => [row.kind, row.status, row.carrier, row.no].filter(Boolean).join(" "));
const statusOf = async ({ orderId }: RefundableOrder) =>
  (await running.shop.sql`SELECT status FROM orders WHERE id = ${orderId}`)[0]?.status;

/** The order's page, as somebody new of this role sees it. */
async function enterAs(role: StaffRole, words: DeskWords, order: RefundableOrder, options = desktop) {
  const { email } = await aStaffMember(running, role);
  const one = await visit(browser, { locale: words === zh ? "zh-CN" : "en-US", ...options });
  await one.page.goto(running.url + pathOf(order));
  await fillSignIn(one.page, words, { email, password: staffPassword });
  await one.page.waitForURL(running.url + pathOf(order));
  const section = one.page.getByRole("main");
  return { ...one, section };
}

type Section = ReturnType<Page["getByRole"]>;

const open = (section: Section, title: string) =>
  section
    .locator("summary", { hasText: new RegExp(`^${title}$`) })
    .first()
    .click();
const press = (section: Section, name: string) => section.getByRole("button", { name, exact: true }).click();
const answered = (section: Section, text: string) =>
  section.getByRole("status").filter({ hasText: text }).waitFor();
const refused = (section: Section, text: string) =>
  section.getByRole("alert").filter({ hasText: text }).waitFor();

describe("at the desk", () => {
  test("a packer ships the whole on a phone: the carrier is guessed, or asked for when it cannot be", async () => {
    const order = await anOrder();
    const trackingNo = aTrackingNo();
    const [say, told] = [zh.order.deliveries, zh.orderPage];
    const { section, expectAccessible, leave } = await enterAs("fulfilment", zh, order, narrow);
    await expectAccessible();

    await open(section, told.actions.ship);
    await section.getByLabel(say.parcel.trackingNo).fill("7712345678901");
    await press(section, say.actions.ship);
    await refused(section, chineseProblems.fields.carrierUnclear);
    expect(await section.getByLabel(say.parcel.trackingNo).inputValue()).toBe("7712345678901");
    await section.getByLabel(say.parcel.trackingNo).fill(` ${trackingNo.toLowerCase()} `);
    await press(section, say.actions.ship);
    await answered(section, told.done.ship);

    await section.getByText(zh.common.carrier.YTO).first().waitFor();
    expect(await deliveriesOf(order)).toEqual([`express shipped YTO ${trackingNo}`]);
    expect(await statusOf(order)).toBe("shipped");
    await expectAccessible();
    await leave();
  });

  test("in two parcels, more than is left refused; one is corrected, then both are through", async () => {
    const order = await anOrder();
    const [say, told] = [en.order.deliveries, en.orderPage];
    const { page, section, expectAccessible, leave } = await enterAs("owner", en, order);
    const [first, second] = [aTrackingNo(), aTrackingNo()];
    const form = section.locator("form").filter({ has: page.locator('[name="form"][value="ship"]') });
    const tea = form.locator('[name="quantity:TEA-50"]');

    await open(section, told.actions.ship);
    await section.getByLabel(say.parcel.trackingNo).fill(first);
    await tea.fill("3");
    await press(section, say.actions.ship);
    await refused(section, problems.ships_too_much);
    await tea.fill("1");
    await form.locator('[name="quantity:BOWL-PLUM"]').fill("0");
    await press(section, say.actions.ship);
    await answered(section, told.done.shipPart);
    await page.getByText("1 to ship").first().waitFor();

    await open(section, told.actions.shipMore);
    expect(await tea.inputValue()).toBe("1");
    await section.getByRole("radio", { name: say.kinds.pickup }).check();
    await press(section, say.actions.ship);
    await answered(section, told.done.ship);

    await open(section, say.actions.correct);
    await section.getByLabel(say.parcel.trackingNo).fill(second);
    await press(section, say.actions.correct);
    await answered(section, told.done.correct);
    expect(await deliveriesOf(order)).toEqual([`express shipped YTO ${second}`, "pickup shipped"]);
    await expectAccessible();
    await leave();
  });

  test("a parcel that failed is sent once more, on a phone, and the alarm is over", async () => {
    const order = await anOrder();
    const [say, told] = [zh.order.deliveries, zh.orderPage];
    const { section, expectAccessible, leave } = await enterAs("fulfilment", zh, order, narrow);
    const [lost, again] = [aTrackingNo(), aTrackingNo()];
    await open(section, told.actions.ship);
    await section.getByLabel(say.parcel.trackingNo).fill(lost);
    await press(section, say.actions.ship);
    await answered(section, told.done.ship);

    await open(section, say.actions.fail);
    await section.getByLabel(say.failReason).fill("快递丢件");
    await press(section, say.actions.fail);
    await answered(section, told.done.fail);
    await section.getByText("快递丢件").waitFor();
    await open(section, say.actions.replace);
    await section.getByLabel(say.parcel.trackingNo).fill(again);
    await press(section, say.actions.replace);
    await answered(section, told.done.replace);

    expect(await deliveriesOf(order)).toEqual([`express failed YTO ${lost}`, `express shipped YTO ${again}`]);
    const alarms = await running.shop
      .sql`SELECT a.status FROM alarms a JOIN alarm_orders o ON o.alarm_id = a.id
      WHERE o.order_id = ${order.orderId} AND a.kind = 'delivery_failed'`;
    expect(alarms.map(({ status }) => status)).toEqual(["resolved"]);
    await expectAccessible();
    await leave();
  });

  test("a delivery is undone while its time runs down; later it says why not", async () => {
    const order = await anOrder();
    const [say, told] = [en.order.deliveries, en.orderPage];
    const { page, section, expectAccessible, leave } = await enterAs("fulfilment", en, order);
    await open(section, told.actions.ship);
    await section.getByLabel(say.parcel.trackingNo).fill(aTrackingNo());
    await press(section, say.actions.ship);
    await answered(section, told.done.ship);

    await open(section, say.actions.undo);
    await section.getByRole("timer").waitFor();
    await expectAccessible();
    await press(section, say.actions.undo);
    await answered(section, told.done.undo);
    expect(await statusOf(order)).toBe("paid");

    await open(section, told.actions.shipMore);
    await section.getByLabel(say.parcel.trackingNo).fill(aTrackingNo());
    await press(section, say.actions.ship);
    await answered(section, told.done.ship);
    await running.shop
      .sql`UPDATE deliveries SET shipped_at = shipped_at - interval '1 hour' WHERE order_id = ${order.orderId}`;
    await page.reload();
    await section.getByText(say.whyNot.window_over).waitFor();
    await leave();
  });

  test("a report that WeChat refused says what to do, and is sent again; one that it never takes is given up", async () => {
    const order = await anOrder();
    const [say, told, reports] = [en.order.deliveries, en.orderPage, en.order.reports];
    const { section, expectAccessible, leave } = await enterAs("fulfilment", en, order);
    await open(section, told.actions.ship);
    await section.getByLabel(say.parcel.trackingNo).fill(aTrackingNo());
    await press(section, say.actions.ship);
    await section.getByText(reports.is.waiting).waitFor();
    await running.shop.sql`UPDATE delivery_reports SET status = 'refused', attempts = 1, error_code = '49004',
      error_text = 'app_signature error', next_try_at = NULL WHERE receipt_id = ${order.receiptId}`;
    await section.page().reload();

    await section.getByText(reports.is.refused).waitFor();
    await section.getByText(en.reportRemedies.check_app_key).waitFor();
    await expectAccessible();
    await open(section, told.actions.sendReport);
    await press(section, reports.sendAgain);
    await answered(section, told.done.sendAgain);

    await section.getByText(reports.is.retrying).waitFor();
    const status = async () =>
      (await running.shop.sql`SELECT status FROM delivery_reports WHERE receipt_id = ${order.receiptId}`)[0]
        ?.status;
    expect(await status()).toBe("queued");

    await running.shop.sql`UPDATE delivery_reports SET status = 'refused', error_code = '49003',
      error_text = 'openid of another account', next_try_at = NULL WHERE receipt_id = ${order.receiptId}`;
    await section.page().reload();
    await open(section, told.actions.giveUpReport);
    await section
      .getByLabel(reports.giveUp.note, { exact: true })
      .fill("Entered in the public platform by hand");
    await expectAccessible();
    await press(section, reports.giveUp.submit);
    await answered(section, told.done.giveUp);

    await section.getByText(reports.is.waived).waitFor();
    expect(await status()).toBe("waived");
    await leave();
  });

  test("without JavaScript a parcel leaves all the same, once", async () => {
    const order = await anOrder();
    const trackingNo = aTrackingNo();
    const [say, told] = [zh.order.deliveries, zh.orderPage];
    const { email } = await aStaffMember(running, "fulfilment");
    const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      locale: "zh-CN",
      extraHTTPHeaders: { cookie },
    });
    const page = await plain.newPage();
    await page.goto(running.url + pathOf(order));

    await open(page.getByRole("main"), told.actions.ship);
    await page.getByLabel(say.parcel.trackingNo).fill(trackingNo);
    await page.getByRole("button", { name: say.actions.ship, exact: true }).click();
    await page.getByText(told.done.ship).waitFor();
    await page.reload(); // The browser sends the form again.

    expect(await deliveriesOf(order)).toEqual([`express shipped YTO ${trackingNo}`]);
    await plain.close();
  });
});

describe("who may not ship", () => {
  test.each(["support", "finance"] as const)(
    "%s sees why, and a form sent by hand is refused and kept",
    async (role) => {
      const order = await anOrder();
      const signIn = async (role: StaffRole) => {
        const { email, id } = await aStaffMember(running, role);
        const cookie = (await signInOverHttp(running.url, { email, password: staffPassword })) ?? "";
        return { id, cookie: `${cookie}; zg_locale=en` };
      };
      const [packer, other] = [await signIn("fulfilment"), await signIn(role)];
      const url = running.url + pathOf(order);

      const seen = await (await fetch(url, { headers: { cookie: other.cookie } })).text();
      const but = { kind: "express", trackingNo: aTrackingNo(), "quantity:TEA-50": "1" };
      const answer = await sendForm({ url, cookie: packer.cookie, as: other.cookie, form: "ship", but });

      expect(seen).toContain(en.orderPage.off.role.replace("{role}", en.roles[role]));
      expect(answer.status).toBe(403);
      expect(await deliveriesOf(order)).toEqual([]);
      const kept = await running.shop.sql`SELECT subject_id AS permission FROM audit_entries
      WHERE action = 'staff.refused' AND staff_id = ${other.id}`;
      expect([...kept]).toEqual([{ permission: "orders.ship" }]);
    },
  );
});
