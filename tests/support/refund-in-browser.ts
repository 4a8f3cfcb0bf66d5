import type { Page } from "playwright";
import commonEn from "@/messages/en/common.json";
import common from "@/messages/zh-CN/common.json";
import type { RunningShop } from "./a-running-shop";
import { aRecipient } from "./order-in-browser";
import { type Words, words } from "./shop-words";

type Way = keyof Words["refundForm"]["ways"];
type Reason = keyof typeof common.refundReason;

const reasonsOf = (say: Words) => (say === words.en ? commonEn : common).refundReason;

/** A paid order of the person whose browser this is, without walking through the shop. */
export async function paidOrder(
  page: Page,
  { url, sandbox }: RunningShop,
  items: { sku: string; quantity: number }[] = [
    { sku: "TEA-50", quantity: 2 },
    { sku: "BOWL-PLUM", quantity: 1 },
  ],
): Promise<{ orderNo: string; outTradeNo: string; totalFen: number }> {
  const made = await page.request.post(`${url}/api/orders`, { data: { items, recipient: aRecipient } });
  const { orderNo, totalFen } = (await made.json()) as { orderNo: string; totalFen: number };
  await page.request.post(`${url}/api/pay`, { data: { orderNo, tradeType: "NATIVE" } });
  const outTradeNo = `${orderNo}P1`;
  await sandbox.pay({ outTradeNo });
  return { orderNo, outTradeNo, totalFen };
}

/** Fills the form as a person does; what is not given stays as it is. */
export async function fillRefund(
  page: Page,
  say: Words,
  asking: {
    how?: Way;
    amount?: string;
    pieces?: Record<string, string>;
    reason?: Reason;
    reasonText?: string;
  },
): Promise<void> {
  const { refundForm } = say;
  const reasons = reasonsOf(say);
  if (asking.how) await page.getByRole("radio", { name: refundForm.ways[asking.how] }).check();
  for (const [title, pieces] of Object.entries(asking.pieces ?? {}))
    await page.getByLabel(title, { exact: true }).fill(pieces);
  if (asking.amount !== undefined)
    await page.getByLabel(refundForm.amount, { exact: true }).fill(asking.amount);
  if (asking.reason)
    await page.getByLabel(refundForm.reason, { exact: true }).selectOption(reasons[asking.reason]);
  if (asking.reasonText) await page.getByLabel(refundForm.reasonText).fill(asking.reasonText);
}

/** From the order's page to its page again, with the request made. Answers its number. */
export async function askInBrowser(
  page: Page,
  { url, shop }: RunningShop,
  say: Words,
  of: { orderNo: string } & Parameters<typeof fillRefund>[2],
): Promise<string> {
  await page.goto(`${url}/orders/${of.orderNo}`);
  await page.getByRole("link", { name: say.order.askRefund }).click();
  await page.getByRole("heading", { name: say.refundForm.title }).waitFor();
  await fillRefund(page, say, { reason: "unwanted", ...of });
  await page.getByRole("button", { name: say.refundForm.submit }).click();
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByRole("status").getByText(say.refunds.status.requested).first().waitFor();
  const [refund] = await shop.sql`
    SELECT out_refund_no FROM refunds r JOIN orders o ON o.id = r.order_id
    WHERE o.order_no = ${of.orderNo} ORDER BY r.id DESC LIMIT 1`;
  return String(refund?.out_refund_no);
}
