import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { orders } from "@/lib/db/schema/orders";
import type { Shop } from "@/lib/shop";
import type { Recipient } from "./recipient";

/** Whom an order goes to, in full, for staff with the right; that they looked is kept in the same transaction. */
export function revealRecipient(
  shop: Shop,
  by: { orderNo: string; staffId: number; address: string },
): Promise<Recipient | null> {
  return shop.db.transaction(async (tx) => {
    const [order] = await tx
      .select({ id: orders.id, recipient: orders.recipient })
      .from(orders)
      .where(eq(orders.orderNo, by.orderNo));
    if (!order?.recipient) return null;
    const { staffId, address } = by;
    const of = { subject: "order", subjectId: order.id, orderId: order.id } as const;
    await writeEntry(tx, { staffId, action: "order.reveal", ...of, address, at: shop.now() });
    return order.recipient;
  });
}
