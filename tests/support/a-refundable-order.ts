import { settlePayment } from "@/lib/notifications/settle-payment";
import { createOrder } from "@/lib/orders/create-order";
import { requestRefund } from "@/lib/refunds/request-refund";
import type { Shop } from "@/lib/shop";
import { aPayment, aPhone, aRecipient, aTransactionId } from "./a-shop";

export type RefundableOrder = {
  orderId: number;
  orderNo: string;
  memberId: number;
  totalFen: number;
  receiptId: number;
  outTradeNo: string;
  transactionId: string;
};

type Goods = { items: { sku: string; quantity: number }[]; memberId?: number; paidFen?: number };

/** An order paid by WeChat's word, without asking anybody; `shipped` says how many pieces of each line have left. */
export async function aRefundableOrder(
  shop: Shop,
  {
    items,
    memberId,
    paidFen,
    shipped = 0,
    isPhysical = false,
  }: Goods & { shipped?: number; isPhysical?: boolean },
): Promise<RefundableOrder> {
  const recipient = isPhysical ? { ...aRecipient, phone: aPhone() } : null;
  const buyer = memberId === undefined ? null : { memberId, appid: null, openid: null };
  const created = await createOrder(shop, { buyer, request: { items, recipient }, idempotencyKey: null });
  const [order] = await shop.sql<{ orderNo: string; totalFen: number }[]>`
    SELECT order_no AS "orderNo", total_fen::int AS "totalFen" FROM orders WHERE id = ${created.orderId}`;
  if (!order) throw new Error("no order was made");
  const outTradeNo = await aPayment(shop, { orderId: created.orderId, ...order });
  const transactionId = await moneyArrives(shop, { outTradeNo, totalFen: paidFen ?? order.totalFen });
  const [receipt] = await shop.sql<{ id: number }[]>`
    SELECT id::int FROM receipts WHERE transaction_id = ${transactionId}`;
  if (shipped > 0)
    await shop.sql`UPDATE order_lines SET shipped = least(quantity, ${shipped}) WHERE order_id = ${created.orderId}`;
  const { orderId } = created;
  return {
    ...order,
    orderId,
    memberId: created.memberId,
    receiptId: receipt?.id ?? 0,
    outTradeNo,
    transactionId,
  };
}

/** Money as WeChat tells of it; the transaction's number. */
export async function moneyArrives(
  shop: Shop,
  of: { outTradeNo: string; totalFen: number },
): Promise<string> {
  const { appId, mchId, signType } = shop.environment.wechat;
  const transactionId = aTransactionId();
  const told = { source: "query" as const, signType, appId, mchId, resultCode: "SUCCESS" as const };
  const paid = { feeType: "CNY", openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", paidAt: shop.now() };
  await settlePayment(shop, { ...told, ...of, ...paid, transactionId }, null);
  return transactionId;
}

/** What its own buyer asks back; the refund's number. */
export async function askedBy(
  shop: Shop,
  order: Pick<RefundableOrder, "orderNo" | "memberId">,
  of: { refundFen: number; lines?: { sku: string; quantity: number }[]; words?: string },
): Promise<string> {
  const { orderNo, memberId } = order;
  const request = { orderNo, refundFen: of.refundFen, reason: "unwanted" as const };
  const { refundNo } = await requestRefund(shop, {
    by: { memberId },
    request: { ...request, reasonText: of.words ?? null, lines: of.lines ?? [], pictures: [] },
    idempotencyKey: null,
  });
  return refundNo;
}
