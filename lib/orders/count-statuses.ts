import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/connect";
import { countedAtMost } from "@/lib/staff/count-work";
import { type OrderStatus, orderStatuses } from "./state";

/** How many orders there are in each state, counted no further than `countedAtMost`: one short range of an index each. */
export async function countStatuses(db: Db): Promise<Record<OrderStatus | "all", number>> {
  const counts = [null, ...orderStatuses].map((status) => {
    const which = status ? sql`WHERE status = ${status}` : sql``;
    return sql`(SELECT count(*)::int FROM (SELECT FROM orders ${which} LIMIT ${countedAtMost}) t)
      AS ${sql.identifier(status ?? "all")}`;
  });
  const [row] = await db.execute<Record<OrderStatus | "all", number>>(
    sql`SELECT ${sql.join(counts, sql`, `)}`,
  );
  if (!row) throw new Error("orders were not counted");
  return row;
}
