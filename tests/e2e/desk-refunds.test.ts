import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import { askReturn } from "@/lib/refunds/approve-refund";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import type { RefundRefusal } from "@/lib/wechat/refund-refusal";
import problems from "@/messages/en/problems.json";
import chineseProblems from "@/messages/zh-CN/problems.json";
import {
  aRefundableOrder,
  askedBy,
  moneyArrives,
  type RefundableOrder,
} from "@/tests/support/a-refundable-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { desktop, phone, visit } from "@/tests/support/a-visit";
import { aStaffMember, fillSignIn, signInOverHttp, staffPassword } from "@/tests/support/at-the-desk";
import { launchBrowser } from "@/tests/support/browser";
import { type DeskWords, deskWords } from "@/tests/support/desk-words";
import { sendForm } from "@/tests/support/send-form";

const { "zh-CN": zh, en } = deskWords;
const narrow = { ...phone, viewport: { width: 360, height: 780 } };
let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  // Without a worker nothing is sent: what a person decides stays as decided.
  [browser, running] = await Promise.all([launchBrowser(), aRunningShop({ worker: false })]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
beforeEach(() => running.shop.sql`DELETE FROM settings`);

const setting = (key: string, value: number) =>
  running.shop.sql`INSERT INTO settings (key, value) VALUES (${key}, ${value}::text::jsonb)`;
const pathOf = (refundNo: string) => `/dashboard/refunds/${encodeURIComponent(refundNo)}`;
const rowOf = async (refundNo: string) => {
  const [row] = await running.shop.sql`SELECT * FROM refunds WHERE out_refund_no = ${refundNo}`;
  return row ?? {};
};

const tea = (of: { quantity?: number; shipped?: number; memberId?: number } = {}): Promise<RefundableOrder> =>
  aRefundableOrder(running.shop, {
    items: [{ sku: "TEA-50", quantity: of.quantity ?? 1 }],
    isPhysical: true,
    ...of,
  });

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

const open = (page: Page, action: string) =>
  page.locator("summary", { hasText: new RegExp(`^${action}$`) }).click();

const timeline = (page: Page, words: DeskWords) =>
  page.getByRole("region", {
    name: new RegExp(`^(${words.refund.timeline}|${words.order.timeline.title})$`),
  });
/** What the page answers to a form that it refuses. */
const refused = (page: Page, text: string) => page.getByRole("alert").filter({ hasText: text }).waitFor();

describe("deciding", () => {
  test("a request is rejected with a reason that the buyer reads, on a phone, and nothing is sent without one", async () => {
    const order = await tea();
    const refundNo = await askedBy(running.shop, order, { refundFen: 3000, words: "口味不合" });
    const { page, expectAccessible, leave } = await enterAs("finance", zh, "/dashboard/refunds", narrow);
    await expectAccessible();
    await page.getByRole("link", { name: refundNo }).click();
    await page.getByText("口味不合").waitFor();
    await expectAccessible();

    await open(page, zh.refund.actions.reject);
    const reason = page.getByLabel(zh.refund.actions.rejectNote);
    expect(await reason.evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing)).toBe(true);
    await reason.fill("拆封的食品不支持退款");
    await page.getByRole("button", { name: zh.refund.actions.reject, exact: true }).click();

    await page.getByText(zh.refund.done.reject).waitFor();
    await page.getByText(zh.refundStatus.rejected).first().waitFor();
    await timeline(page, zh).getByText(zh.audit.refund_reject).first().waitFor();
    expect(await rowOf(refundNo)).toMatchObject({
      status: "rejected",
      decision_note: "拆封的食品不支持退款",
    });
    await leave();
  });

  test("a part is approved with what becomes of each line; an amount that is none is refused and still there", async () => {
    const order = await tea({ quantity: 2 });
    const lines = [{ sku: "TEA-50", quantity: 2 }];
    const refundNo = await askedBy(running.shop, order, { refundFen: 10_000, lines });
    const { page, expectAccessible, leave } = await enterAs("owner", en, pathOf(refundNo), desktop);
    const amount = page.getByLabel(en.refund.approve.amount);
    expect(await amount.inputValue()).toBe("100.00");

    await amount.fill("123.456");
    await page.getByRole("button", { name: en.refund.approve.submit }).click();
    await refused(page, problems.fields.refundFen);
    expect(await amount.inputValue()).toBe("123.456");
    await amount.fill("40.5");
    await page.getByLabel("Stock of").selectOption("no");
    await page.getByRole("button", { name: en.refund.approve.submit }).click();

    await page.getByText(en.refund.done.approve, { exact: true }).waitFor();
    await expectAccessible();
    expect(await rowOf(refundNo)).toMatchObject({
      status: "approved",
      requested_fen: "10000",
      refund_fen: "4050",
    });
    const [line] = await running.shop.sql`SELECT restock FROM refund_lines ORDER BY refund_id DESC LIMIT 1`;
    expect(line?.restock).toBe(false);
    await leave();
  });

  test("three at once: each has its own verdict, and one that the buyer withdrew holds up nobody", async () => {
    const orders = await Promise.all([tea(), tea(), tea()]);
    const numbers: string[] = [];
    for (const order of orders) numbers.push(await askedBy(running.shop, order, { refundFen: 100 }));
    const [, withdrawn = ""] = numbers;
    const { page, expectAccessible, leave } = await enterAs("owner", zh, "/dashboard/refunds", desktop);
    for (const refundNo of numbers) await page.getByRole("checkbox", { name: refundNo }).check();
    await page.keyboard.press("Enter"); // Decides nothing: only the buttons do.
    await refused(page, zh.refunds.batch.verdictMissing);
    for (const refundNo of numbers)
      expect(await page.getByRole("checkbox", { name: refundNo }).isChecked()).toBe(true);
    await withdrawRefund(running.shop, { refundNo: withdrawn, memberId: orders[1]?.memberId ?? 0 });

    await page.getByRole("button", { name: zh.refunds.batch.approve }).click();

    const answer = page.getByRole("alert").filter({ hasText: numbers[0] });
    await answer.waitFor();
    const items = await answer.getByRole("listitem").allInnerTexts();
    expect(
      items.map((item) => [
        numbers.indexOf(item.split(/\s/)[0] ?? ""),
        item.includes(zh.refunds.batch.done.approved),
      ]),
    ).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ]);
    await expectAccessible();
    expect(await Promise.all(numbers.map(async (refundNo) => (await rowOf(refundNo)).status))).toEqual([
      "approved",
      "withdrawn",
      "approved",
    ]);
    await leave();
  });

  test("without JavaScript a selection is rejected and another approved, and the pages say so", async () => {
    const order = await tea();
    const refundNo = await askedBy(running.shop, order, { refundFen: 100 });
    const other = await askedBy(running.shop, await tea(), { refundFen: 200 });
    const { page, leave } = await enterAs("finance", en, "/dashboard/refunds", {
      ...desktop,
      javaScriptEnabled: false,
    });

    await page.getByRole("checkbox", { name: refundNo }).check();
    await page.getByLabel(en.refunds.batch.note).fill("Not covered");
    await page.getByRole("button", { name: en.refunds.batch.reject }).click();

    await page.getByRole("status").filter({ hasText: refundNo }).waitFor();
    expect(await rowOf(refundNo)).toMatchObject({ status: "rejected", decision_note: "Not covered" });
    await page.getByRole("link", { name: other }).click();
    const amount = page.getByLabel(en.refund.approve.amount);
    await amount.fill("2.01");
    await page.getByRole("button", { name: en.refund.approve.submit }).click();
    await refused(page, problems.refund_exceeds_request);
    expect(await amount.inputValue()).toBe("2.01");
    await amount.fill("2");
    await page.getByRole("button", { name: en.refund.approve.submit }).click();
    await page.getByRole("status").filter({ hasText: en.refund.done.approve }).waitFor();
    expect(await rowOf(other)).toMatchObject({ status: "approved", refund_fen: "200" });
    await leave();
  });

  test("from the limit on the first approval waits, the same person cannot confirm, and another can", async () => {
    await setting("refundSecondPersonFromFen", 5000);
    const order = await tea();
    const refundNo = await askedBy(running.shop, order, { refundFen: 6800 });
    const first = await enterAs("finance", zh, pathOf(refundNo), desktop);

    await first.page.getByRole("button", { name: zh.refund.approve.submit }).click();
    await first.page.getByText(zh.refund.done.waitsForSecond).waitFor();
    await first.page.getByText(zh.refund.whyNot.second_person).first().waitFor();
    expect(await first.page.getByRole("button", { name: zh.refund.approve.confirm }).count()).toBe(0);
    expect((await rowOf(refundNo)).status).toBe("requested");

    const second = await enterAs("owner", zh, "/dashboard/refunds", narrow);
    await second.page.getByText(zh.refunds.firstApproved.replace("{name}", "finance")).waitFor();
    await second.page.getByRole("link", { name: refundNo }).click();
    await second.page.getByRole("button", { name: zh.refund.approve.confirm }).click();
    await second.page.getByText(zh.refund.done.approve).waitFor();
    expect(await rowOf(refundNo)).toMatchObject({
      status: "approved",
      first_approved_by: String(first.person.id),
      decided_by: String(second.person.id),
    });
    await first.leave();
    await second.leave();
  });

  test("while the window runs an approval is taken back; afterwards the page says that it is over", async () => {
    await setting("refundUndoSeconds", 600);
    const order = await tea();
    const refundNo = await askedBy(running.shop, order, { refundFen: 6800 });
    const { page, leave } = await enterAs("owner", en, pathOf(refundNo), desktop);
    await page.getByRole("button", { name: en.refund.approve.submit }).click();
    const left = Number.parseInt((await page.getByRole("timer").textContent()) ?? "", 10);
    expect(left).toBeGreaterThan(500);
    expect(left).toBeLessThanOrEqual(600);

    await page.getByRole("button", { name: en.refund.actions.undo }).click();
    await page.getByText(en.refund.done.undo).waitFor();
    expect((await rowOf(refundNo)).status).toBe("requested");
    await page.getByRole("button", { name: en.refund.approve.submit }).click();
    await page.getByText(en.refund.done.approve, { exact: true }).waitFor();
    await running.shop
      .sql`UPDATE refunds SET send_after = now() - interval '1 second' WHERE out_refund_no = ${refundNo}`;
    await page.getByRole("button", { name: en.refund.actions.undo }).click();

    await refused(page, problems.undo_too_late);
    await page.getByText(en.refund.whyNot.window_over).waitFor({ state: "attached" });
    expect((await rowOf(refundNo)).status).toBe("approved");
    await leave();
  });
});

test("who packs receives a return and says whether it can be sold again, but approves nothing", async () => {
  const order = await tea({ shipped: 1 });
  const lines = [{ sku: "TEA-50", quantity: 1 }];
  const [coming, asked] = [
    await askedBy(running.shop, order, { refundFen: 3000, lines }),
    await askedBy(running.shop, await tea(), { refundFen: 100 }),
  ];
  const { id: staffId } = await aStaffMember(running, "owner");
  const by = { staffId, address: "127.0.0.1" };
  await askReturn(running.shop, { refundNo: coming, by, note: "杭州市西湖区文三路 1 号" });
  const { page, person, expectAccessible, leave } = await enterAs("fulfilment", zh, pathOf(coming), narrow);
  await page.getByText(zh.refund.stands.notSentYet).waitFor();
  await expectAccessible();

  const cookie = await signInOverHttp(running.url, { email: person.email, password: staffPassword });
  const sent = { url: running.url + pathOf(coming), cookie: cookie ?? "" };
  const answer = await sendForm({
    ...sent,
    form: "receiveReturn",
    but: { form: "approve", refundNo: asked, amount: "1.00" },
  });
  expect(answer.status).toBe(403);
  expect((await rowOf(asked)).status).toBe("requested");

  await page.getByLabel(zh.refund.return.sellable).check();
  await page.getByRole("button", { name: zh.refund.return.receive }).click();
  await page.getByText(zh.refund.done.receiveReturn).waitFor();
  expect((await rowOf(coming)).status).toBe("approved");
  const [line] = await running.shop
    .sql`SELECT l.restock FROM refund_lines l JOIN refunds f ON f.id = l.refund_id
    WHERE f.out_refund_no = ${coming}`;
  expect(line?.restock).toBe(true);
  await leave();
});

describe("when WeChat does not pay", () => {
  const sending = async (
    code: string,
    refusal: RefundRefusal,
    { status = "sending", order }: { status?: string; order?: RefundableOrder } = {},
  ) => {
    const refundNo = await askedBy(running.shop, order ?? (await tea()), { refundFen: 3000 });
    await running.shop
      .sql`UPDATE refunds SET status = ${status}, request = '{"refund_fee":"3000"}', attempts = 3,
      error_code = ${code}, refusal = ${refusal}, error_text = '基本账户余额不足，请充值后重新发起', last_sent_at = now() - interval '1 hour',
      next_try_at = now() + interval '1 hour', decided_at = now() WHERE out_refund_no = ${refundNo}`;
    return refundNo;
  };

  test("a balance that is short is told with WeChat's words and its remedy, and tried again out of the other purse", async () => {
    const refundNo = await sending("NOTENOUGH", "not_enough");
    const { page, expectAccessible, leave } = await enterAs(
      "finance",
      zh,
      "/dashboard/refunds?queue=needsPerson",
      narrow,
    );
    await page.getByRole("link", { name: refundNo }).click();
    await page.getByText("基本账户余额不足，请充值后重新发起").waitFor();
    await page.getByText(zh.refund.trouble.remedies.notEnough).waitFor();
    await expectAccessible();

    await page.getByLabel(zh.refund.tryAgain.purses.REFUND_SOURCE_RECHARGE_FUNDS).check();
    await page.getByRole("button", { name: zh.refund.tryAgain.submit }).click();

    await page.getByText(zh.refund.done.tryAgain).waitFor();
    expect((await rowOf(refundNo)).request).toEqual({
      refund_fee: "3000",
      refund_account: "REFUND_SOURCE_RECHARGE_FUNDS",
    });
    const [job] = await running.shop
      .sql`SELECT task_identifier FROM graphile_worker.jobs WHERE run_at <= now()
      AND key = (SELECT 'send_refund:' || id FROM refunds WHERE out_refund_no = ${refundNo})`;
    expect(job?.task_identifier).toBe("send_refund");
    await leave();
  });

  test("giving up asks WeChat first: without a clear answer nothing ends, and that is said", async () => {
    const refundNo = await sending("PARAM_ERROR", "person");
    await running.sandbox.fault({ call: "refundquery", kind: "bad-gateway", outTradeNo: refundNo });
    const { page, leave } = await enterAs("finance", zh, pathOf(refundNo), desktop);

    await page.locator("summary", { hasText: zh.refund.actions.giveUp }).click();
    await page.getByLabel(zh.refund.actions.giveUpNote).fill("改为线下补发");
    await page.getByRole("button", { name: zh.refund.actions.giveUp }).click();

    await refused(page, chineseProblems.wechat_unavailable);
    expect((await rowOf(refundNo)).status).toBe("sending");
    await leave();
  });

  test("one that waits behind another of the same payment says so and leads there", async () => {
    const order = await tea();
    const ahead = await sending("PARAM_ERROR", "person", { order });
    const behind = await askedBy(running.shop, order, { refundFen: 100 });
    await running.shop
      .sql`UPDATE refunds SET status = 'approved', send_after = now() WHERE out_refund_no = ${behind}`;
    const { page, expectAccessible, leave } = await enterAs("finance", en, pathOf(behind), narrow);

    const sentence = page.getByText(en.refund.stands.waitsBehind);
    await sentence.waitFor();
    await expectAccessible();
    await sentence.getByRole("link", { name: ahead }).click();
    await page.waitForURL(running.url + pathOf(ahead));
    await page.getByText(en.refund.stands.is.sending).waitFor();
    expect(await page.getByText(en.refund.stands.waitsBehind).count()).toBe(0);
    await leave();
  });

  test("what WeChat will never pay is paid by hand: the text for the buyer, then the record of it", async () => {
    const refundNo = await sending("TRADE_OVERDUE", "by_hand", { status: "manual" });
    const { page, expectAccessible, leave } = await enterAs("finance", en, pathOf(refundNo), desktop);
    expect(await page.getByLabel(en.refund.tellBuyer.title).inputValue()).toContain("¥30.00");
    await expectAccessible();

    await page.getByLabel(en.refund.payout.method).selectOption("wechat_transfer");
    await page.getByLabel(en.refund.payout.reference).fill("10000500012026");
    await page.getByRole("button", { name: en.refund.payout.submit }).click();

    await page.getByText(en.refund.done.recordPayout).waitFor();
    await page.getByText(en.refundStatus.paidByHand).first().waitFor();
    expect(await rowOf(refundNo)).toMatchObject({
      manual_method: "wechat_transfer",
      manual_reference: "10000500012026",
    });
    await leave();
  });

  test("what the portal has paid meanwhile is not to be paid by hand: the page says so, and the refund is given up", async () => {
    const refundNo = await sending("TRADE_OVERDUE", "by_hand", { status: "manual" });
    await running.shop
      .sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen,
        refund_fen, reason, settled_at)
      SELECT receipt_id, order_id, 'PORTAL' || id, 'portal', 'succeeded', total_fen, total_fen, 'portal', now()
      FROM (SELECT f.id, f.receipt_id, f.order_id, r.total_fen FROM refunds f JOIN receipts r ON r.id = f.receipt_id
        WHERE f.out_refund_no = ${refundNo}) f`;
    const { page, expectAccessible, leave } = await enterAs("finance", zh, pathOf(refundNo), narrow);
    await page.getByText(zh.refund.stands.is.paidElsewhere).waitFor();
    expect(await page.getByText(zh.refund.tellBuyer.title).count()).toBe(0);
    await open(page, zh.refund.actions.giveUp);
    await expectAccessible();

    await page.getByLabel(zh.refund.actions.giveUpNote).fill("已在商户平台退款");
    await page.getByRole("button", { name: zh.refund.actions.giveUp }).click();

    await page.getByText(zh.refund.done.giveUp).waitFor();
    expect((await rowOf(refundNo)).status).toBe("closed");
    await leave();
  });

  test("an abnormal one, made in the portal under a strange number, is found in its queue with the steps to take", async () => {
    const order = await tea();
    await running.shop
      .sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen, refund_fen, reason, accepted_at)
      VALUES (${order.receiptId}, ${order.orderId}, 'P-1|2*3@4_5', 'portal', 'abnormal', 300, 300, 'portal', now())`;
    const { page, expectAccessible, leave } = await enterAs(
      "support",
      zh,
      "/dashboard/refunds?queue=needsPerson",
      narrow,
    );

    await page.getByRole("link", { name: "P-1|2*3@4_5" }).click();

    await page.getByText(zh.refund.abnormal.choose).waitFor();
    await page.getByText(zh.refunds.source.portal).first().waitFor();
    await expectAccessible();
    await leave();
  });
});

describe("from the order, and from money that pays none", () => {
  test("support asks on the buyer's behalf by pieces, and sees it on the order", async () => {
    const order = await tea({ quantity: 3 });
    const path = `/dashboard/orders/${order.orderNo}`;
    const { page, expectAccessible, leave } = await enterAs("support", zh, path, narrow);
    await open(page, zh.orderPage.actions.askRefund);
    await expectAccessible();

    await page.getByLabel(zh.order.refunds.ask.lines).check();
    await page.getByLabel(/^.*单价 ¥68\.00/).fill("2");
    await page.getByLabel(zh.order.refunds.ask.reason).selectOption("damaged");
    await page.getByRole("button", { name: zh.order.refunds.ask.submit }).click();

    const refunds = page.getByRole("region", { name: zh.order.refunds.title });
    await refunds.getByRole("table").getByText("¥136.00").waitFor();
    await refunds.getByText(zh.refundStatus.requested).waitFor();
    await timeline(page, zh).getByText(zh.order.timeline.moves.refund_request).waitFor();
    const [row] = await running.shop
      .sql`SELECT f.refund_fen::int AS fen, l.quantity, f.source, f.reason FROM refunds f
      JOIN refund_lines l ON l.refund_id = f.id WHERE f.order_id = ${order.orderId}`;
    expect(row).toEqual({ fen: 13_600, quantity: 2, source: "staff", reason: "damaged" });
    await leave();
  });

  test("unknown money is tied to an order that waits for it, or given back", async () => {
    const [tied, back] = [
      await moneyArrives(running.shop, { outTradeNo: "nobodys-1", totalFen: 6800 }),
      await moneyArrives(running.shop, { outTradeNo: "nobodys-2", totalFen: 700 }),
    ];
    const waiting = await fetch(`${running.url}/api/orders`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [{ sku: "COURSE-12", quantity: 1 }] }),
    });
    const { orderNo } = (await waiting.json()) as { orderNo: string };
    const { page, expectAccessible, leave } = await enterAs(
      "finance",
      zh,
      "/dashboard/money?verdict=unknown",
      desktop,
    );
    const row = (number: string) => page.getByRole("row").filter({ hasText: number });
    await expectAccessible();

    await row(tied).locator("summary", { hasText: zh.money.settle.tie }).click();
    await row(tied).getByLabel(zh.money.settle.orderNo).fill("26000000000000000000");
    await row(tied).getByLabel(zh.money.settle.note).first().fill("买家转账说明");
    await row(tied).getByRole("button", { name: zh.money.settle.tieSubmit }).click();
    await refused(page, chineseProblems.order_unknown);
    await row(tied).getByLabel(zh.money.settle.orderNo).fill(orderNo);
    await row(tied).getByRole("button", { name: zh.money.settle.tieSubmit }).click();
    await page.getByText(zh.money.settle.tied.paid.replace("{orderNo}", orderNo)).waitFor();
    await row(tied).waitFor({ state: "detached" });

    await row(back).locator("summary", { hasText: zh.money.settle.giveBack }).click();
    await expectAccessible();
    await row(back).getByLabel(zh.money.settle.note).last().fill("查无此单");
    await row(back).getByRole("button", { name: zh.money.settle.giveBackSubmit }).click();
    await row(back).getByText(zh.refundStatus.approved).waitFor();
    await row(back).locator("summary").first().waitFor({ state: "detached" });

    const [order] = await running.shop.sql`SELECT status FROM orders WHERE order_no = ${orderNo}`;
    expect(order?.status).toBe("paid");
    await leave();
  });

  test("surplus whose refund WeChat gave up, and the rest of unknown money, can be given back", async () => {
    const [order] = await running.shop.sql`SELECT id FROM orders ORDER BY id LIMIT 1`;
    const inRow = async (of: { verdict: string; number: string; status: string; fen: number }) => {
      const [money] = await running.shop.sql`
        INSERT INTO receipts (transaction_id, out_trade_no, order_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
        VALUES (${of.number}, ${of.number}, ${of.verdict === "surplus" ? order?.id : null}, 'wx', 'mch', 5000, 'CNY', ${of.verdict}, 'query', now())
        RETURNING id`;
      await running.shop.sql`
        INSERT INTO refunds (receipt_id, out_refund_no, source, status, requested_fen, refund_fen, reason, settled_at)
        VALUES (${money?.id}, ${`R${of.number}`}, 'portal', ${of.status}, ${of.fen}, ${of.fen}, 'portal', now())`;
    };
    await inRow({ verdict: "surplus", number: "given-up-1", status: "closed", fen: 5000 });
    await inRow({ verdict: "unknown", number: "in-part-1", status: "succeeded", fen: 2000 });
    const { page, leave } = await enterAs("finance", en, "/dashboard/money", desktop);
    const row = (number: string) => page.getByRole("row").filter({ hasText: number }).first();

    for (const [number, left] of [
      ["given-up-1", "¥50.00"],
      ["in-part-1", "¥30.00"],
    ] as const) {
      await row(number).locator("summary", { hasText: en.money.settle.giveBack }).click();
      await row(number).getByText(left, { exact: false }).first().waitFor();
      expect(await row(number).locator("summary", { hasText: en.money.settle.tie }).count()).toBe(0);
      await row(number).getByLabel(en.money.settle.note).fill("checked in the portal");
      await row(number).getByRole("button", { name: en.money.settle.giveBackSubmit }).click();
      await row(number).locator("summary").first().waitFor({ state: "detached" });
    }

    const made = await running.shop
      .sql`SELECT r.transaction_id AS number, f.refund_fen::int AS fen FROM refunds f
      JOIN receipts r ON r.id = f.receipt_id WHERE f.source = 'staff' AND r.transaction_id IN ('given-up-1', 'in-part-1') ORDER BY 1`;
    expect(made).toEqual([
      { number: "given-up-1", fen: 5000 },
      { number: "in-part-1", fen: 3000 },
    ]);
    await leave();
  });

  test("the home page counts what waits to be decided and what needs a person, and leads there", async () => {
    const [decide, person] = await running.shop
      .sql`SELECT count(*)::int AS n FROM refunds WHERE status = 'requested'
      UNION ALL SELECT count(*)::int FROM refunds WHERE status = 'abnormal' OR refusal IN ('not_enough', 'person') AND status = 'sending'`;
    const { page, leave } = await enterAs("support", en, "/dashboard", desktop);
    const tile = (label: string) => page.getByRole("main").getByRole("link").filter({ hasText: label });
    expect(await tile(en.home.tasks.refundsToDecide.label).textContent()).toContain(String(decide?.n));
    expect(await tile(en.home.tasks.refundsNeedAPerson.label).textContent()).toContain(String(person?.n));

    await tile(en.home.tasks.refundsNeedAPerson.label).click();

    await page.waitForURL("**/dashboard/refunds?queue=needsPerson");
    expect(await page.getByRole("table").getByRole("row").count()).toBe(1 + (person?.n ?? 0));
    await leave();
  });
});
