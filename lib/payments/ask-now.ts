import { eq } from "drizzle-orm";
import { payments } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";
import { queryPayment } from "./query-payment";

/** One question outside the ladder, because somebody is looking at the order. */
export async function askNow(shop: Shop, paymentId: number): Promise<void> {
  const [payment] = await shop.db.select().from(payments).where(eq(payments.id, paymentId));
  if (payment?.status === "created" || payment?.status === "open") await queryPayment(shop, payment);
}
