import { eq } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { payments } from "@/lib/db/schema/payments";
import type { Shop } from "@/lib/shop";
import { closePayment } from "./close-payment";

/** Closes a number that nobody should pay any more, coming back as long as WeChat is not ready. */
export async function closeSupersededPayment(shop: Shop, paymentId: number): Promise<void> {
  const outcome = await closePayment(shop, paymentId);
  if (outcome.kind !== "later") return;
  const [payment] = await shop.db
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(eq(payments.id, paymentId));
  await addJob(shop.db, {
    task: "close_payment",
    payload: { orderId: payment?.orderId, paymentId },
    runAt: outcome.at,
    key: `close_payment:${paymentId}`,
  });
}
