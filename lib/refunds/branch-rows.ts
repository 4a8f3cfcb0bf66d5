import { type SQL, sql } from "drizzle-orm";
import { personsRefusals, type QueueBranch } from "./queues";

/** The ids of one branch of a queue, in the queue's order, no more than `limit`: a piece of the index by status. */
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

/** `isRefused` for the database. */
const refused = sql`(coalesce(refusal, '') IN (${sql.join(
  personsRefusals.map((refusal) => sql`${refusal}`),
  sql`, `,
)}))`;

const conditions: Record<NonNullable<QueueBranch["only"]>, SQL> = {
  refused,
  notRefused: sql`NOT ${refused}`,
  paidByHand: sql`manual_paid_at IS NOT NULL`,
  notPaidByHand: sql`manual_paid_at IS NULL`,
};
