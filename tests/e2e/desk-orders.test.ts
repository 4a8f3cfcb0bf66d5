import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { enterDesk } from "@/tests/support/at-the-desk";
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
    await timeline.getByText("As received", { exact: false }).first().click();
    const raw = await timeline.getByRole("group", { name: en.raw.label }).first().textContent();
    expect(raw).toContain(`<transaction_id><![CDATA[${paid.transactionIds[0]}]]></transaction_id>`);
    expect(raw).toContain("<sign><![CDATA[＊＊＊＊]]></sign>");
    expect(raw).toContain("user-agent:");
    expect(raw).not.toMatch(/[0-9A-F]{64}|o[\w-]{27}/);
    await expectAccessible();
    await leave();
  });

  test("hides whom it goes to until somebody asks, and keeps that they asked", async () => {
    const response = await fetch(`${running.url}/api/orders`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [{ sku: "TEA-50", quantity: 1 }], recipient: aRecipient }),
    });
    const { orderNo } = (await response.json()) as { orderNo: string };
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
});
