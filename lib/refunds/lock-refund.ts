import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";

export type OrderRow = typeof orders.$inferSelect;
export type ReceiptRow = typeof receipts.$inferSelect;
export type RefundRow = typeof refunds.$inferSelect;

/** Locks a receipt, after the order that it belongs to: in the order that everybody locks them. */
export async function lockReceipt(
  tx: Tx,
  receiptId: number,
): Promise<{ order: OrderRow | null; receipt: ReceiptRow }> {
  const [named] = await tx
    .select({ orderId: receipts.orderId })
    .from(receipts)
    .where(eq(receipts.id, receiptId));
  const order = named?.orderId ? await lockOrder(tx, named.orderId) : null;
  const [receipt] = await tx.select().from(receipts).where(eq(receipts.id, receiptId)).for("no key update");
  if (!receipt) throw new AppError("not_found");
  // Tied to an order a moment ago, whose lock we do not hold: whoever asked reads again.
  if (receipt.orderId !== (order?.id ?? null)) throw new AppError("busy");
  return { order, receipt };
}

/** Locks a refund after its order and receipt. */
export async function lockRefund(
  tx: Tx,
  by: { refundNo: string } | { refundId: number },
): Promise<{ order: OrderRow | null; receipt: ReceiptRow; refund: RefundRow }> {
  const mine = "refundNo" in by ? eq(refunds.outRefundNo, by.refundNo) : eq(refunds.id, by.refundId);
  const [named] = await tx.select({ receiptId: refunds.receiptId }).from(refunds).where(mine);
  if (!named) throw new AppError("not_found");
  const { order, receipt } = await lockReceipt(tx, named.receiptId);
  const [refund] = await tx.select().from(refunds).where(mine).for("no key update");
  if (!refund) throw new AppError("not_found");
  return { order, receipt, refund };
}

async function lockOrder(tx: Tx, orderId: number): Promise<OrderRow | null> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for("no key update");
  return order ?? null;
}
