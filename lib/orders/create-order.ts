import type { Buyer } from "@/lib/members/session";
import type { Shop } from "@/lib/shop";
import type { OrderRequest } from "./order-request";
import { placeOrders } from "./place-orders";

export type CreatedOrder = { orderId: number; memberId: number; guestToken: string | null };

/** One order for goods of one kind, as the JSON API takes it: `placeOrders` with `mixed_kinds` for what would be two. */
export async function createOrder(
  shop: Shop,
  of: { buyer: Buyer | null; request: OrderRequest; idempotencyKey: string | null },
): Promise<CreatedOrder> {
  const { orderIds, ...who } = await placeOrders(shop, { ...of, mixed: "refuse" });
  return { orderId: orderIds[0], ...who };
}
