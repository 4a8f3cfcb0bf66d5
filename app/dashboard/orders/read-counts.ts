import { countOrders } from "@/lib/orders/count-orders";
import { countStatuses } from "@/lib/orders/count-statuses";
import type { OrderFilter } from "@/lib/orders/order-filter";
import { shop } from "@/lib/shop";
import { isFiltered } from "./list-address";

/**
 * How many orders there are in each state, where nothing but the state is filtered: short ranges of one index. Else how
 * many the filter finds; "uncounted" when that would take longer than anybody waits for it.
 */
export async function readCounts(filter: OrderFilter) {
  if (!isFiltered({ ...filter, status: null }))
    return { statuses: await countStatuses(shop().db), found: null };
  return { statuses: null, found: (await countOrders(shop(), filter)) ?? ("uncounted" as const) };
}

export type ListCounts = Awaited<ReturnType<typeof readCounts>>;
