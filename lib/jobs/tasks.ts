import { z } from "zod";
import { announcePaidOrder } from "@/lib/orders/announce-paid-order";
import { closeOrder } from "@/lib/orders/close-order";
import { announceSurplus } from "@/lib/payments/announce-surplus";
import { askNow } from "@/lib/payments/ask-now";
import { climbQueryLadder } from "@/lib/payments/climb-query-ladder";
import { closeSupersededPayment } from "@/lib/payments/close-superseded-payment";
import type { Shop } from "@/lib/shop";
import { forgetOldRows } from "./forget-old-rows";

const OfOrder = z.object({ orderId: z.number() });
const OfPayment = z.object({ paymentId: z.number() });
const OfReceipt = z.object({ orderId: z.number(), receiptId: z.number() });

/** Which task calls which verb. Every task may run twice: what it calls looks at the rows, not at the job. */
export const tasks: Record<string, (shop: Shop, payload: unknown) => Promise<void>> = {
  query_payment: (shop, payload) => climbQueryLadder(shop, OfPayment.parse(payload).paymentId),
  ask_now: (shop, payload) => askNow(shop, OfPayment.parse(payload).paymentId),
  close_payment: (shop, payload) => closeSupersededPayment(shop, OfPayment.parse(payload).paymentId),
  close_order: (shop, payload) => closeOrder(shop, OfOrder.parse(payload).orderId),
  order_paid: (shop, payload) => announcePaidOrder(shop, OfReceipt.parse(payload).orderId),
  surplus_received: (shop, payload) => announceSurplus(shop, OfReceipt.parse(payload).orderId),
  forget_old_rows: (shop) => forgetOldRows(shop),
};
