import type { PaidOrder } from "./refund-at-wechat";

/** What the buyer's browser and WeChat send about refunds, to any of the shop's apps. */

/** "201", or the refusal: "422 refund_exceeds_payment". */
export type Outcome = string;

export async function askRefund(
  url: string,
  order: PaidOrder,
  of: { refundFen: number; key?: string },
): Promise<{ outcome: Outcome; refundNo: string }> {
  const body = { orderNo: order.orderNo, refundFen: of.refundFen, reason: "unwanted" };
  return post(`${url}/api/refund`, order, body, of.key);
}

export async function withdraw(url: string, of: { order: PaidOrder; refundNo: string }): Promise<Outcome> {
  return (await post(`${url}/api/refund/${of.refundNo}/withdraw`, of.order, {})).outcome;
}

async function post(url: string, { cookie }: PaidOrder, body: unknown, key?: string) {
  const response = await fetch(url, {
    method: "POST",
    headers: { cookie, "content-type": "application/json", ...(key && { "idempotency-key": key }) },
    body: JSON.stringify(body),
  });
  const { code, refundNo } = (await response.json()) as { code?: string; refundNo?: string };
  const outcome = code ? `${response.status} ${code}` : String(response.status);
  return { outcome, refundNo: refundNo ?? "" };
}

/** What WeChat reads of our answer. */
export async function notifyRefund(url: string, message: string): Promise<string> {
  const response = await fetch(`${url}/api/notify/refund`, { method: "POST", body: message });
  return response.text();
}
