import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { branchRows } from "./branch-rows";
import { queueBranches, type RefundQueue } from "./queues";

/** Where somebody waits for something; nobody counts what is done. */
const openQueues = ["toDecide", "comingBack", "onTheWay", "needsPerson"] as const satisfies RefundQueue[];
export type OpenCounts = Record<(typeof openQueues)[number], number>;

/** How many refunds each open queue holds, counted no further than `countedAtMost`. */
export async function countRefunds(shop: Shop): Promise<OpenCounts> {
  const counts = openQueues.map((queue) => {
    const { oldestFirst, branches } = queueBranches[queue];
    const pieces = branches.map(
      (branch) => sql`(${branchRows(branch, { oldestFirst, limit: countedAtMost })})`,
    );
    return sql`(SELECT count(*)::int FROM (SELECT FROM (${sql.join(pieces, sql` UNION ALL `)}) rows
      LIMIT ${countedAtMost}) t) AS ${sql.identifier(queue)}`;
  });
  const [row] = await shop.db.execute<OpenCounts>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  if (!row) throw new Error("the refunds were not counted");
  return row;
}
