import { type SQL, sql } from "drizzle-orm";
import { clockRuns } from "./order-conditions";
import type { OrderSort } from "./order-filter";

/** A stretch of a sorted list, of orders `o`: those that have the value by which they are sorted, or those that have not. */
export type Stretch = { holds: SQL; key: SQL; isTime: boolean; isDescending: boolean };

const created = { key: sql`o.created_at`, isTime: true } as const;
const total = { holds: sql`true`, key: sql`o.total_fen`, isTime: false } as const;
const newest = { ...created, holds: sql`true`, isDescending: true };

/** From the first to the last. Every stretch but the sorts by amount is a range of an index. */
export const stretches: Record<OrderSort, Stretch[]> = {
  newest: [newest],
  oldest: [{ ...newest, isDescending: false }],
  deadline: [
    { holds: clockRuns, key: sql`o.deliver_by`, isTime: true, isDescending: false },
    { ...newest, holds: sql`NOT ${clockRuns}` },
  ],
  paid: [
    { holds: sql`o.paid_at IS NOT NULL`, key: sql`o.paid_at`, isTime: true, isDescending: true },
    { ...newest, holds: sql`o.paid_at IS NULL` },
  ],
  amount: [{ ...total, isDescending: true }],
  "amount-up": [{ ...total, isDescending: false }],
};
