import { strFromU8, unzipSync } from "fflate";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import { anOpenOrder, aPaidOrder } from "@/tests/support/a-paid-order";
import { aRefundableOrder } from "@/tests/support/a-refundable-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { paymentNotification, aRecipient as sentTo } from "@/tests/support/a-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import {
  aStaffMember,
  enterDesk,
  fillSignIn,
  signInOverHttp,
  staffPassword,
} from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { aRecipient } from "@/tests/support/order-in-browser";

const { "zh-CN": zh, en } = deskWords;
let browser: Browser;
let running: RunningShop;
let paid: Awaited<ReturnType<typeof aPaidOrder>>;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
  paid = await aPaidOrder(running, { twice: true });
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

test("a refund is on the open queue the moment it is asked for, without a reload", async () => {
  const order = await aPaidOrder(running);
  const { page, stays, leave } = await visit(browser, { ...desktop, locale: "zh-CN" });
  await enterDesk(page, running, zh, "/dashboard/refunds");
  await page.getByText(zh.live.on).waitFor();
  const stayed = await stays();

  const answer = await fetch(`${running.url}/api/refund`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: order.cookie },
    body: JSON.stringify({ orderNo: order.orderNo, refundFen: 100, reason: "unwanted" }),
  });
  const { refundNo } = (await answer.json()) as { refundNo: string };

  await page.getByRole("link", { name: refundNo }).waitFor({ timeout: 10_000 });
  await stayed();
  await leave();
});

describe("one order", () => {
  test("tells its whole story, with the notification as received and nothing secret in it", async () => {
    const { page, expectAccessible, leave } = await visit(browser, { ...desktop, locale: "en-US" });
    await enterDesk(page, running, en, `/dashboard/orders/${paid.orderNo}`);

    const timeline = page.getByRole("region", { name: en.order.timeline.title });
    for (const title of ["Order placed", "Called WeChat: unifiedorder", "Received ¥199.00", "Order paid"])
      await timeline.getByText(title, { exact: true }).first().waitFor();
    await timeline.getByText("Received ¥199.00 too much, owed back").waitFor();
    const refunds = page.getByRole("region", { name: en.order.refunds.title });
    await refunds.getByText(en.common.refundReason.surplus).waitFor(); // It goes back by itself.
    await timeline.getByText("As received", { exact: false }).last().click(); // The newest come first.
    const raw = await timeline.getByRole("group", { name: en.raw.label }).last().textContent();
    expect(raw).toContain(`<transaction_id><![CDATA[${paid.transactionIds[0]}]]></transaction_id>`);
    expect(raw).toContain("<sign><![CDATA[＊＊＊＊]]></sign>");
    expect(raw).toContain("user-agent:");
    expect(raw).not.toMatch(/[0-9A-F]{64}|o[\w-]{27}/);
    await expectAccessible();
    await leave();
  });

  test("hides whom it goes to until somebody asks, and keeps that they asked", async () => {
    const { orderNo } = await anOrderOf("TEA-50");
    const { page, expectAccessible, leave } = await visit(browser, { ...phone, locale: "zh-CN" });
    await enterDesk(page, running, zh, `/dashboard/orders/${orderNo}`);
    expect(await page.content()).not.toContain(aRecipient.address);
    expect(await page.content()).not.toContain(aRecipient.phone);
    await expectAccessible();

    await page.getByRole("button", { name: zh.order.people.reveal }).click();

    await page.getByText(aRecipient.address).waitFor();
    await page.reload();
    expect(await page.content()).not.toContain(aRecipient.address);
    await page.getByText(zh.audit.order_reveal).waitFor();
    await leave();
  });

  test("is read to its end on a phone in the dark, in Chinese", async () => {
    const { page, expectAccessible, leave } = await visit(browser, {
      ...phone,
      locale: "zh-CN",
      colorScheme: "dark",
    });
    await enterDesk(page, running, zh, `/dashboard/orders/${paid.orderNo}`);

    await page.getByRole("heading", { name: zh.order.timeline.next }).waitFor();

    await expectAccessible();
    await leave();
  });

  test("says what comes next, what can be done, and why the rest cannot; a note is on every open desk at once", async () => {
    const { orderNo } = await anOrderOf("TEA-50");
    const reader = await visit(browser, { ...desktop, locale: "en-US" });
    await enterDesk(reader.page, running, en, `/dashboard/orders/${orderNo}`);
    await reader.page.getByText(en.live.on, { exact: true }).waitFor();
    const stayed = await reader.stays();
    const { page, expectAccessible, leave } = await enterAs(
      "support",
      zh,
      `/dashboard/orders/${orderNo}`,
      phone,
    );
    await page.getByText(zh.orderPage.next.awaitPayment).waitFor();
    await page.getByText(zh.orderPage.off.unpaid).first().waitFor();

    await page.locator("summary", { hasText: zh.orderPage.actions.note }).click();
    await page.getByLabel(zh.orderPage.notes.text, { exact: true }).fill("<b>等买家</b>\n补差价");
    await expectAccessible();
    await page.getByRole("button", { name: zh.orderPage.notes.submit }).click();

    await page.getByRole("status").filter({ hasText: zh.orderPage.done.note }).waitFor();
    const notes = reader.page.getByRole("region", { name: en.orderPage.notes.title });
    await notes.getByText("<b>等买家</b>").waitFor();
    const timeline = reader.page.getByRole("region", { name: en.order.timeline.title });
    await timeline.getByText("补差价").waitFor();
    await stayed();
    await timeline.getByRole("link", { name: en.orderPage.timeline.delivery, exact: true }).click();
    await reader.page.waitForURL(/of=delivery/);
    await timeline.getByText(en.order.timeline.none).waitFor();
    await timeline.getByRole("link", { name: en.orderPage.timeline.staff, exact: true }).click();
    await timeline.getByText("补差价").waitFor();
    await reader.page.goto(`${running.url}/dashboard/orders/${orderNo}?of=banana`);
    await reader.page.getByText(en.orderPage.timeline.madeUp).waitFor();
    await leave();
    await reader.leave();
  });

  test("is given to somebody to pack, and printed: a sheet, a slip with its recipient on request, a receipt", async () => {
    const order = await aRefundableOrder(running.shop, {
      items: [{ sku: "TEA-50", quantity: 1 }],
      isPhysical: true,
    });
    const unpaid = await anOpenOrder(running);
    const path = `/dashboard/orders/${order.orderNo}`;
    const { page, expectAccessible, leave } = await enterAs("owner", zh, path, desktop);
    await page.locator("summary", { hasText: zh.orderPage.actions.assign }).click();
    await page.getByLabel(zh.orderPage.assign.to).selectOption({ label: "owner" });
    await page.getByRole("button", { name: zh.orderPage.assign.submit }).click();
    await page.getByRole("status").filter({ hasText: zh.orderPage.done.assign }).waitFor();
    await page.locator("summary", { hasText: new RegExp(`^${zh.orderPage.actions.print}$`) }).click();
    await page.getByRole("link", { name: zh.orderPage.actions.printSlip }).click();
    await page.getByRole("heading", { name: zh.orderPage.print.titles.slip, exact: true }).waitFor();
    expect(await page.content()).not.toContain(sentTo.address);
    await expectAccessible();

    await page.getByRole("button", { name: zh.orderPage.print.reveal }).click();
    await page.getByText(sentTo.address).waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("navigation").count()).toBe(0);
    expect(await page.getByRole("article").getByRole("row").count()).toBe(2);
    await page.emulateMedia({ media: "screen" });
    const entries = await running.shop.sql`SELECT FROM audit_entries a JOIN orders o ON o.id = a.order_id
      WHERE o.order_no = ${order.orderNo} AND a.action = 'order.reveal'`;
    expect(entries).toHaveLength(1);
    await page.goto(
      `${running.url}/dashboard/orders/print?form=receipt&order=${order.orderNo}&order=${unpaid.orderNo}`,
    );
    await page.getByRole("article").getByText(order.transactionId).waitFor();
    await page.getByText(zh.orderPage.print.without.unpaid).waitFor(); // The other has no money received.
    await expectAccessible();
    await leave();
  });

  test("leaves an evidence file for who may have one, in the reader's language; others get a problem", async () => {
    const url = `${running.url}/api/export/evidence/${paid.orderNo}`;
    const as = async (role: StaffRole, language = "en") => {
      const { email } = await aStaffMember(running, role);
      return `${await signInOverHttp(running.url, { email, password: staffPassword })}; zg_locale=${language}`;
    };
    const [finance, packer] = [await as("finance", "zh-CN"), await as("fulfilment")];
    const get = (address: string, cookie = "") => fetch(address, { headers: { cookie } });

    const file = await get(url, finance);
    const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
    const refused = await Promise.all([
      get(url),
      get(url, packer),
      get(`${url}?reveal=1`, finance),
      get(`${running.url}/api/export/evidence/26000000000000000000`, finance),
    ]);

    expect(file.headers.get("content-type")).toBe("application/zip");
    const textOf = (name: string) => strFromU8(files[`evidence-${paid.orderNo}/${name}`] ?? new Uint8Array());
    expect(textOf("index.html")).toContain(paid.orderNo);
    expect(textOf("timeline.csv")).toContain(zh.order.timeline.moves.order_pay);
    expect(await Promise.all(refused.map(async (one) => [one.status, (await one.json()).code]))).toEqual([
      [401, "unauthenticated"],
      [403, "forbidden"],
      [403, "forbidden"],
      [404, "not_found"],
    ]);
  });
});

test("a notification that failed on our side is replayed from the desk once the fault is mended", async () => {
  const order = await anOpenOrder(running);
  const { sql, environment } = running.shop;
  const [asked] =
    await sql`SELECT total_fen::int AS fen FROM payments WHERE out_trade_no = ${order.outTradeNo}`;
  const body = paymentNotification(environment.wechat, {
    outTradeNo: order.outTradeNo,
    totalFen: asked?.fen,
  });
  await sql`ALTER TABLE outbox ADD CONSTRAINT broken CHECK (task <> 'order_paid') NOT VALID`;
  const answer = await (await fetch(`${running.url}/api/notify`, { method: "POST", body })).text();
  expect(answer).toContain("FAIL");
  const { page, expectAccessible, leave } = await enterAs(
    "finance",
    zh,
    "/dashboard/notifications?verdict=failed",
    phone,
  );
  const press = () => page.getByRole("button", { name: zh.notifications.replay.submit }).click();

  await press();
  await page
    .getByRole("alert")
    .filter({ hasText: zh.notifications.replay.failed.slice(0, 8) })
    .waitFor();
  await expectAccessible();
  await sql`ALTER TABLE outbox DROP CONSTRAINT broken`;
  await page.getByRole("row").getByRole("link").first().click();
  await page.getByText(zh.notifications.replay.what).waitFor();
  await press();

  const told = zh.notifications.replay.done
    .replace("{verdict}", zh.verdict.paid)
    .replace("{answer}", "SUCCESS");
  await page.getByRole("status").filter({ hasText: told }).waitFor();
  expect(await page.getByRole("button", { name: zh.notifications.replay.submit }).count()).toBe(0);
  const [row] = await sql`SELECT status FROM orders WHERE order_no = ${order.orderNo}`;
  expect(row?.status).toBe("paid");
  await expectAccessible();
  await leave();
});

/** An order of goods that are sent, not paid. */
async function anOrderOf(sku: string): Promise<{ orderNo: string }> {
  const response = await fetch(`${running.url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ items: [{ sku, quantity: 1 }], recipient: aRecipient }),
  });
  return (await response.json()) as { orderNo: string };
}

/** A page of the desk, as somebody new of this role sees it. */
async function enterAs(role: StaffRole, words: typeof zh, path: string, screen: typeof desktop) {
  const { email } = await aStaffMember(running, role);
  const one = await visit(browser, { ...screen, locale: words === zh ? "zh-CN" : "en-US" });
  await one.page.goto(running.url + path);
  await fillSignIn(one.page, words, { email, password: staffPassword });
  await one.page.waitForURL(running.url + path);
  return one;
}
