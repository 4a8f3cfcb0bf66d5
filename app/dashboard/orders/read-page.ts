import { AppError } from "@/lib/http/app-error";
import { listOrders, type OrderPage } from "@/lib/orders/list-orders";
import type { OrderFilter } from "@/lib/orders/order-filter";
import { shop } from "@/lib/shop";

/** One page of the list; "tooWide" when the filter reads more than there is time for. */
export async function readPage(
  filter: OrderFilter,
  { before, after }: { before: string | null; after: string | null },
): Promise<OrderPage | "tooWide"> {
  try {
    return await listOrders(shop(), filter, { before: before ?? undefined, after: after ?? undefined });
  } catch (error) {
    if (error instanceof AppError && error.code === "filter_too_wide") return "tooWide";
    throw error;
  }
}
