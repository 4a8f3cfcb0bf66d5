import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema";
import type { Shop } from "@/lib/shop";

const pageSize = 20;

export type OwnOrder = Pick<typeof orders.$inferSelect, "orderNo" | "status" | "totalFen" | "createdAt"> & {
  lines: { title: string; image: string | null; quantity: number }[];
};

/** A member's own orders, newest first. `before` is the `nextBefore` of the page before: an order number. */
export async function listOwnOrders(
  shop: Shop,
  of: { memberId: number; before: string | null },
): Promise<{ items: OwnOrder[]; nextBefore: string | null }> {
  const page = await shop.db
    .select()
    .from(orders)
    .where(
      and(eq(orders.memberId, of.memberId), of.before === null ? undefined : lt(orders.orderNo, of.before)),
    )
    .orderBy(desc(orders.orderNo)) // Sorts by time, and unlike an id may stand in an address.
    .limit(pageSize + 1);
  const shown = page.slice(0, pageSize);
  const lines = shown.length
    ? await linesOf(
        shop,
        shown.map((order) => order.id),
      )
    : [];
  return {
    items: shown.map(({ id, orderNo, status, totalFen, createdAt }) => ({
      orderNo,
      status,
      totalFen,
      createdAt,
      lines: lines.filter((line) => line.orderId === id),
    })),
    nextBefore: page.length > pageSize ? (shown.at(-1)?.orderNo ?? null) : null,
  };
}

async function linesOf(shop: Shop, orderIds: number[]) {
  return shop.db
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, orderIds))
    .orderBy(orderLines.variantId);
}
