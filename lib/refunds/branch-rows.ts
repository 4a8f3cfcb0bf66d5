import { type SQL, sql } from "drizzle-orm";
import type { QueueBranch } from "./queues";

/**
 * The ids of one branch of a queue, in the queue's order, no more than `limit`: a piece of the index by status. Paused
 * is what nobody sends again until a person says so; a merchant's balance that is short is tried again by itself, but
 * only a person can fill it.
 */
export function branchRows(
  { status, only }: QueueBranch,
  page: { oldestFirst: boolean; after?: number; limit: number },
): SQL {
  const beyond = page.oldestFirst ? sql`>` : sql`<`;
  const direction = page.oldestFirst ? sql`ASC` : sql`DESC`;
  return sql`SELECT id FROM refunds WHERE status = ${status}
    ${only ? sql`AND ${conditions[only]}` : sql``}
    ${page.after === undefined ? sql`` : sql`AND id ${beyond} ${page.after}`}
    ORDER BY id ${direction} LIMIT ${page.limit}`;
}

const refused = sql`(error_code IS NOT NULL AND (next_try_at IS NULL OR error_code = 'NOTENOUGH'))`;

const conditions: Record<NonNullable<QueueBranch["only"]>, SQL> = {
  refused,
  notRefused: sql`NOT ${refused}`,
  paidByHand: sql`manual_paid_at IS NOT NULL`,
  notPaidByHand: sql`manual_paid_at IS NULL`,
};
