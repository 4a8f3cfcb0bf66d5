import { addJob } from "@/lib/db/add-job";
import type { Db, Tx } from "@/lib/db/connect";
import { closableAt } from "./close-payment";
import type { PaymentRow } from "./query-payment";

/** Has a number that nobody should pay any more closed at WeChat, as soon as that is possible. */
export async function queueClosing(
  tx: Db | Tx,
  payment: Pick<PaymentRow, "id" | "orderId" | "createdAt" | "askedAt">,
  now: Date,
): Promise<void> {
  await addJob(tx, {
    task: "close_payment",
    payload: { orderId: payment.orderId, paymentId: payment.id },
    runAt: new Date(Math.max(now.getTime(), closableAt(payment).getTime())),
    key: `close_payment:${payment.id}`,
  });
}
