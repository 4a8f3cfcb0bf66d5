import { eq } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { payments } from "@/lib/db/schema/payments";
import type { Shop } from "@/lib/shop";
import { nextRung } from "./query-ladder";
import { queryPayment } from "./query-payment";

/** One rung: ask, and come back at the next one while nothing is settled. The next rung stands before WeChat is asked. */
export async function climbQueryLadder(shop: Shop, paymentId: number): Promise<void> {
  const [payment] = await shop.db.select().from(payments).where(eq(payments.id, paymentId));
  if (payment?.status !== "created" && payment?.status !== "open") return;
  const next = nextRung(payment.createdAt, shop.now());
  if (next)
    await addJob(shop.db, {
      task: "query_payment",
      payload: { orderId: payment.orderId, paymentId },
      runAt: next,
      key: `query_payment:${paymentId}`,
    });
  await queryPayment(shop, payment);
}
