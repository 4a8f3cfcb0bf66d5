import { openSession, sessionLifeMs } from "@/lib/members/session";
import { settlePayment } from "@/lib/notifications/settle-payment";
import { createOrder } from "@/lib/orders/create-order";
import { startPayment } from "@/lib/payments/start-payment";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { sendRefund } from "@/lib/refunds/send-refund";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { pressPay, requireOrder } from "./a-buyer";
import { askedBy } from "./a-refundable-order";
import type { RunningShop } from "./a-running-shop";
import type { SandboxProcess } from "./sandbox";

export type PaidOrder = {
  orderNo: string;
  outTradeNo: string;
  memberId: number;
  /** The header that says whose it is. */
  cookie: string;
};
export type Refund = { refundNo: string; refundId: number; order: PaidOrder };

/** A stranger's order of one piece, paid at the sandbox; WeChat's own message about it got lost. */
export async function anOrderPaidAtWechat(
  shop: Shop,
  of: { sandbox: SandboxProcess; sku: string },
): Promise<PaidOrder> {
  const request = { items: [{ sku: of.sku, quantity: 1 }], recipient: null };
  const { orderId, memberId } = await createOrder(shop, { buyer: null, request, idempotencyKey: null });
  const [row] = await shop.sql`SELECT order_no, total_fen::int FROM orders WHERE id = ${orderId}`;
  const orderNo = String(row?.order_no);
  const buyer = { memberId, appid: null, openid: null };
  await startPayment(shop, { orderNo, tradeType: "NATIVE", buyer, payerAddress: "127.0.0.1" });
  const outTradeNo = `${orderNo}P1`;
  const { transactionIds } = await of.sandbox.pay({ outTradeNo, drops: 16 });

  const { appId, mchId, signType } = shop.environment.wechat;
  const told = { source: "query", resultCode: "SUCCESS", feeType: "CNY", openid: null } as const;
  const paid = { outTradeNo, transactionId: transactionIds[0] ?? "", totalFen: Number(row?.total_fen) };
  await settlePayment(shop, { ...told, ...paid, appId, mchId, signType, paidAt: shop.now() }, null);
  const expiresAt = new Date(shop.now().getTime() + sessionLifeMs.cookie);
  const token = await openSession(shop.db, { memberId, expiresAt });
  return { orderNo, outTradeNo, memberId, cookie: `zg_member=${token}` };
}

/** An order of which two numbers are paid; the second, which is answered, is money that nobody may keep. */
export async function anOrderPaidTwice(
  { url, sandbox }: RunningShop,
  sku: string,
): Promise<{ outTradeNo: string; totalFen: number }> {
  const order = await requireOrder(url, sku);
  await pressPay(url, order, "NATIVE");
  await pressPay(url, order, "MWEB");
  await sandbox.pay({ outTradeNo: `${order.orderNo}P1` });
  const { order: paid } = await sandbox.pay({ outTradeNo: `${order.orderNo}P2` });
  return paid;
}

/** Asked for by its buyer, not decided. */
export async function anAskedRefund(shop: Shop, order: PaidOrder, refundFen: number): Promise<Refund> {
  const refundNo = await askedBy(shop, order, { refundFen });
  const [row] = await shop.sql`SELECT id::int FROM refunds WHERE out_refund_no = ${refundNo}`;
  return { refundNo, refundId: Number(row?.id), order };
}

export async function anApprovedRefund(
  shop: Shop,
  order: PaidOrder,
  of: { refundFen: number; by: Person },
): Promise<Refund> {
  const refund = await anAskedRefund(shop, order, of.refundFen);
  await approveRefund(shop, { refundNo: refund.refundNo, by: of.by });
  return refund;
}

/** Sent, and accepted by WeChat. */
export async function anAcceptedRefund(
  shop: Shop,
  order: PaidOrder,
  of: { refundFen: number; by: Person },
): Promise<Refund> {
  const refund = await anApprovedRefund(shop, order, of);
  await sendRefund(shop, refund.refundId);
  return refund;
}
