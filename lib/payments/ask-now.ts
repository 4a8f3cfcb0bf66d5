import { eq } from "drizzle-orm";
import { payments } from "@/lib/db/schema/payments";
import type { Shop } from "@/lib/shop";
import { queryPayment } from "./query-payment";

/** One question outside the ladder: somebody is looking at the order, or WeChat spoke of money that we do not know. */
export async function askNow(shop: Shop, paymentId: number): Promise<void> {
  const [payment] = await shop.db.select().from(payments).where(eq(payments.id, paymentId));
  if (payment && payment.status !== "paid") await queryPayment(shop, payment);
}
