import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, type Visit, visit, wechat } from "@/tests/support/a-visit";
import { aStaffMember, fillSignIn, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { deskWords } from "@/tests/support/desk-words";
import { orderInBrowser } from "@/tests/support/order-in-browser";
import { askInBrowser, paidOrder } from "@/tests/support/refund-in-browser";
import { words } from "@/tests/support/shop-words";

const zh = words["zh-CN"];
const desk = deskWords["zh-CN"];
const { status, text } = zh.refunds;
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** What the buyer's page says of a refund, without being loaded again. */
const says = (page: Page, words: string) => page.getByRole("status").getByText(words).first().waitFor();

/** Somebody of the staff in a browser of their own, at the refund that waits in the queue. */
async function atRefund(role: StaffRole, refundNo: string): Promise<Visit> {
  const visitor = await visit(browser, { ...desktop, locale: "zh-CN" });
  const { email } = await aStaffMember(running, role);
  await visitor.page.goto(`${running.url}/dashboard/refunds`);
  await fillSignIn(visitor.page, desk, { email, password: staffPassword });
  await visitor.page.getByRole("link", { name: refundNo }).click();
  await visitor.page.getByRole("heading", { name: new RegExp(refundNo) }).waitFor();
  return visitor;
}

async function setting(key: string, value: number) {
  await running.shop.sql`INSERT INTO settings (key, value) VALUES (${key}, ${String(value)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
}

test("inside WeChat a buyer pays and asks, a second person confirms, and the buyer sees the money come back", async () => {
  await setting("refundSecondPersonFromFen", 9000);
  const buyer = await visit(browser, { ...wechat, locale: "zh-CN" });
  const { page } = buyer;
  const orderNo = await orderInBrowser(page, running.url, zh, "celadon-bowl");
  await page.getByRole("button", { name: /^微信支付/ }).click();
  const cashier = page.frameLocator("iframe");
  await cashier.getByRole("button", { name: /^确认支付/ }).click();
  await cashier.getByRole("button", { name: "完成" }).click();
  await page.getByRole("status").getByText("已付款").waitFor();
  await running.sandbox.refundPlan({ outTradeNo: `${orderNo}P1`, settleMs: null }); // A bank that takes its time.
  const refundNo = await askInBrowser(page, running, zh, { orderNo, reason: "unwanted" });
  const stayed = await buyer.stays();

  const first = await atRefund("finance", refundNo);
  await first.page.getByRole("button", { name: desk.refund.approve.submit }).click();
  await first.page.getByText(desk.refund.done.waitsForSecond).waitFor();
  expect(await page.getByText(status.requested).count()).toBe(1);
  await first.leave();
  const second = await atRefund("owner", refundNo);
  await second.page.getByRole("button", { name: desk.refund.approve.confirm }).click();
  await second.page.getByText(desk.refund.done.approve).waitFor();

  await says(page, text.accepted);
  await says(page, zh.refunds.usually);
  await buyer.expectAccessible();
  await running.sandbox.settleRefund({
    outRefundNo: refundNo,
    status: "SUCCESS",
    recvAccount: "招商银行信用卡0403",
  });
  await says(page, status.succeeded);
  await page.getByText("招商银行信用卡0403").waitFor();
  await says(page, zh.order.closedText.refunded);
  await stayed();
  await buyer.expectAccessible();

  await page.goto(`${running.url}/orders`);
  await page.getByText(zh.orders.refund.whole).waitFor();
  expect(await running.sandbox.refunds(`${orderNo}P1`)).toMatchObject([
    { outRefundNo: refundNo, refundFen: 9800, status: "SUCCESS" },
  ]);
  await second.leave();
  await buyer.leave();
});

describe("on a phone", () => {
  const open = async () => {
    const buyer = await visit(browser, { ...phone, viewport: { width: 360, height: 740 }, locale: "zh-CN" });
    return { buyer, page: buyer.page, ...(await paidOrder(buyer.page, running)) };
  };

  test("a rejected request shows the shop's reason, and another can be made", async () => {
    const { buyer, page, orderNo } = await open();
    const refundNo = await askInBrowser(page, running, zh, { orderNo, how: "part", amount: "20" });
    const stayed = await buyer.stays();

    const staff = await atRefund("finance", refundNo);
    await staff.page.getByText(desk.refund.actions.reject, { exact: true }).first().click();
    await staff.page.getByLabel(desk.refund.actions.rejectNote).fill("已过七天无理由退货的时间。");
    await staff.page.getByRole("button", { name: desk.refund.actions.reject, exact: true }).click();
    await staff.page.getByText(desk.refund.done.reject).waitFor();

    await says(page, status.rejected);
    await page.getByText("已过七天无理由退货的时间。").waitFor();
    await stayed();
    await buyer.expectAccessible();
    await askInBrowser(page, running, zh, { orderNo, how: "part", amount: "10" });
    await staff.leave();
    await buyer.leave();
  });

  test("less than was asked for is approved: the buyer reads both amounts and keeps the order", async () => {
    const { buyer, page, orderNo } = await open();
    const refundNo = await askInBrowser(page, running, zh, { orderNo, how: "part", amount: "50" });

    const staff = await atRefund("finance", refundNo);
    await staff.page.getByLabel(desk.refund.approve.amount, { exact: true }).fill("30");
    await staff.page.getByRole("button", { name: desk.refund.approve.submit }).click();

    await says(page, status.succeeded);
    await says(page, "退到您的零钱。");
    await says(page, "您申请退 ¥50.00，商家同意退 ¥30.00。");
    await page.getByText("−¥30.00").waitFor();
    await page.goto(`${running.url}/orders/${orderNo}/refund`);
    expect(await page.getByText("¥194.00").count()).toBeGreaterThan(0);
    await page.goto(`${running.url}/orders`);
    await page.getByText(zh.orders.refund.part).waitFor();
    await staff.leave();
    await buyer.leave();
  });

  test("goods go back first: the buyer sends the tracking number, staff receive them, and the money comes", async () => {
    const { buyer, page, orderNo } = await open();
    const { sql } = running.shop;
    await sql`UPDATE order_lines SET shipped = quantity WHERE order_id = (SELECT id FROM orders WHERE order_no = ${orderNo})`;
    await sql`UPDATE orders SET status = 'shipped' WHERE order_no = ${orderNo}`;
    const refundNo = await askInBrowser(page, running, zh, {
      orderNo,
      how: "lines",
      pieces: { "青瓷茶碗 梅子青": "1" },
      reason: "damaged",
    });
    const stayed = await buyer.stays();

    const staff = await atRefund("owner", refundNo);
    await staff.page.getByText(desk.refund.actions.askReturn, { exact: true }).first().click();
    await staff.page
      .getByLabel(desk.refund.return.address)
      .fill("杭州市西湖区龙井路 2 号 仓库收 0571-88880000");
    await staff.page.getByRole("button", { name: desk.refund.return.ask }).click();
    await staff.page.getByText(desk.refund.done.askReturn).waitFor();

    await says(page, status.awaiting_return);
    await page.getByText("杭州市西湖区龙井路 2 号 仓库收 0571-88880000").waitFor();
    await buyer.expectAccessible();
    await page.getByLabel(zh.refunds.return.carrier).fill("顺丰速运");
    await page.getByRole("button", { name: zh.refunds.return.submit }).click();
    await page.getByText(zh.refunds.return.trackingNoProblem).waitFor();
    await buyer.expectAccessible();
    await page.getByLabel(zh.refunds.return.trackingNo).fill("SF1234567890");
    await page.getByRole("button", { name: zh.refunds.return.submit }).click();
    await says(page, status.returning);
    await says(page, "已登记 顺丰速运 SF1234567890");
    await page.getByText(zh.refunds.return.change).click();
    await page.getByLabel(zh.refunds.return.trackingNo).fill("SF1234567891");
    await page.getByRole("button", { name: zh.refunds.return.submit }).click();
    await buyer.expectAccessible();

    await staff.page.getByText("SF1234567891").first().waitFor();
    await staff.page.getByRole("radio", { name: desk.refund.return.notSellable }).check();
    await staff.page.getByRole("button", { name: desk.refund.return.receive }).click();
    await says(page, status.succeeded);
    await stayed();
    expect(await running.sandbox.refunds(`${orderNo}P1`)).toMatchObject([
      { outRefundNo: refundNo, refundFen: 8800, status: "SUCCESS" },
    ]);
    await staff.leave();
    await buyer.leave();
  });

  test("a withdrawal that comes too late changes nothing: the page says what was decided", async () => {
    const { buyer, page, orderNo } = await open();
    const refundNo = await askInBrowser(page, running, zh, { orderNo, how: "part", amount: "5" });
    await page.route("**/api/orders/*", (route) => route.abort()); // The page has not heard of it yet.
    const staff = await atRefund("finance", refundNo);
    await staff.page.getByRole("button", { name: desk.refund.approve.submit }).click();
    await staff.page.getByText(desk.refund.done.approve).waitFor();

    await page.getByText(zh.refunds.withdraw, { exact: true }).click();
    await page.getByRole("button", { name: zh.refunds.withdrawConfirm }).click();

    await page.getByText(zh.refunds.withdraw, { exact: true }).waitFor({ state: "detached" });
    expect(await page.getByText(status.withdrawn).count()).toBe(0);
    await page.unroute("**/api/orders/*");
    await says(page, status.succeeded);
    await staff.leave();
    await buyer.leave("ERR_FAILED"); // The browser itself reports what the test cut off.
  });

  test("money that was paid twice goes back by itself, and the page explains it", async () => {
    const buyer = await visit(browser, { ...phone, locale: "zh-CN" });
    const orderNo = await orderInBrowser(buyer.page, running.url, zh);
    await buyer.page.request.post(`${running.url}/api/pay`, { data: { orderNo, tradeType: "NATIVE" } });
    await running.sandbox.pay({ outTradeNo: `${orderNo}P1`, twice: true });

    await says(buyer.page, zh.order.surplusIsBack);
    await says(buyer.page, zh.refunds.automatic);
    await says(buyer.page, "已付款");
    await buyer.expectAccessible();
    await buyer.leave();
  });
});

describe.each([
  { locale: "zh-CN", language: "zh-CN", colorScheme: "light" },
  { locale: "en-US", language: "en", colorScheme: "dark" },
] as const)("in $language, $colorScheme", ({ locale, language, colorScheme }) => {
  test("every standing has a word, a shape and a sentence of its own, and none is green", async () => {
    const { status: marks, text: sentences } = words[language].refunds;
    const buyer = await visit(browser, { ...phone, locale, colorScheme });
    const { page } = buyer;
    const { orderNo } = await paidOrder(page, running);
    await askInBrowser(page, running, words[language], { orderNo, how: "part", amount: "50" });
    const { sql } = running.shop;
    const green = await page.evaluate(colourOfMoney);
    const standings = [
      { set: sql`status = 'sending', request = '{}'`, mark: "sending", sentence: sentences.sending },
      { set: sql`status = 'accepted'`, mark: "accepted", sentence: sentences.accepted },
      { set: sql`status = 'abnormal'`, mark: "abnormal", sentence: sentences.abnormal },
      { set: sql`status = 'manual'`, mark: "to_be_paid", sentence: sentences.to_be_paid },
      {
        set: sql`manual_method = 'cash', manual_paid_at = now()`,
        mark: "manual",
        sentence: words[language].refunds.methods.cash,
      },
      { set: sql`status = 'closed'`, mark: "closed", sentence: sentences.closed },
    ] as const;

    for (const { set, mark, sentence } of standings) {
      await sql`UPDATE refunds SET ${set} WHERE order_id = (SELECT id FROM orders WHERE order_no = ${orderNo})`;
      await page.reload();
      const shown = page.getByRole("status").getByText(marks[mark], { exact: true });
      await shown.waitFor();
      await says(page, sentence);
      expect(await shown.evaluate((one) => getComputedStyle(one).color)).not.toBe(green);
      expect(await shown.locator("svg").count()).toBe(1);
      await buyer.expectAccessible();
    }
    await buyer.leave();
  });
});

function colourOfMoney(): string {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "var(--zg-money)";
  return getComputedStyle(probe).color;
}
