import { receipts } from "@/lib/db/schema/receipts";
import { refundPictures, refunds } from "@/lib/db/schema/refunds";
import type { Shop } from "@/lib/shop";
import { aTransactionId, type PayableOrder } from "./a-shop";

let counter = 0;

/** A refund of this order that shows these pictures, as its request leaves it. */
export async function showInRefund(shop: Shop, order: PayableOrder, names: string[]): Promise<void> {
  const { wechat } = shop.environment;
  const [receipt] = await shop.db
    .insert(receipts)
    .values({
      transactionId: aTransactionId(),
      outTradeNo: order.outTradeNo,
      orderId: order.orderId,
      appid: wechat.appId,
      mchId: wechat.mchId,
      totalFen: order.totalFen,
      feeType: "CNY",
      verdict: "surplus",
      source: "query",
      paidAt: shop.now(),
    })
    .returning();
  const [refund] = await shop.db
    .insert(refunds)
    .values({
      receiptId: receipt?.id ?? 0,
      orderId: order.orderId,
      outRefundNo: `${order.orderNo}R${++counter}`,
      source: "staff",
      requestedFen: 1,
      refundFen: 1,
      reason: "other",
    })
    .returning();
  const rows = names.map((pictureName, position) => ({ refundId: refund?.id ?? 0, pictureName, position }));
  await shop.db.insert(refundPictures).values(rows);
}
