import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { branchRows } from "./branch-rows";
import { queueBranches, type RefundQueue, refundQueues } from "./queues";

/** How many refunds each queue holds, counted no further than `countedAtMost`. */
export async function countRefunds(shop: Shop): Promise<Record<RefundQueue, number>> {
  const counts = refundQueues.map((queue) => {
    const { oldestFirst, branches } = queueBranches[queue];
    const pieces = branches.map(
      (branch) => sql`(${branchRows(branch, { oldestFirst, limit: countedAtMost })})`,
    );
    return sql`(SELECT count(*)::int FROM (SELECT FROM (${sql.join(pieces, sql` UNION ALL `)}) rows
      LIMIT ${countedAtMost}) t) AS ${sql.identifier(queue)}`;
  });
  const [row] = await shop.db.execute<Record<RefundQueue, number>>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  if (!row) throw new Error("the refunds were not counted");
  return row;
}
