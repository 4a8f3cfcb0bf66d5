import { sql } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";
import type { Shop } from "@/lib/shop";
import { isWaiting, type OwnOrderShow, ownOrderShows } from "./own-order-shows";

/** Beyond this nobody counts: the page shows "99+". Bounds each count to one short range of an index. */
export const ownCountedAtMost = 100;

/** How many of a member's orders wait for something, by what they wait for; at most `ownCountedAtMost` each. */
export async function countOwnOrders(
  { db }: Pick<Shop, "db">,
  memberId: number,
): Promise<Record<OwnOrderShow, number>> {
  const counts = ownOrderShows.map(
    (show) => sql`(SELECT count(*)::int FROM (SELECT FROM orders WHERE ${orders.memberId} = ${memberId}
      AND ${isWaiting(show)} LIMIT ${ownCountedAtMost}) t) AS ${sql.identifier(show)}`,
  );
  const [row] = await db.execute<Record<OwnOrderShow, number>>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  if (!row) throw new Error("a member's orders were not counted");
  return row;
}
