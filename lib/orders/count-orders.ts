import { sql } from "drizzle-orm";
import { readWithin } from "@/lib/db/read-within";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { readConditions } from "./order-conditions";
import type { OrderFilter } from "./order-filter";

/** A number beside the list; nobody waits for it as long as for the list. */
const patienceMs = 500;

/** How many orders a filter keeps, counted no further than `countedAtMost`; null when the time was over before. */
export async function countOrders(shop: Shop, filter: OrderFilter): Promise<number | null> {
  const conditions = await readConditions(shop, filter);
  if (conditions.length === 0) return 0;
  const found = conditions.map(
    (condition) => sql`(SELECT o.id FROM orders o WHERE ${condition} LIMIT ${countedAtMost})`,
  );
  const rows = await readWithin<{ count: number }>(
    shop.db,
    patienceMs,
    sql`SELECT count(*)::int AS count FROM (SELECT FROM (${sql.join(found, sql` UNION `)}) kept LIMIT ${countedAtMost}) counted`,
  );
  return rows?.[0]?.count ?? null;
}
