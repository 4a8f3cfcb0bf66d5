import { sql } from "drizzle-orm";
import { receipts } from "@/lib/db/schema/receipts";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { goneFen, isMoney, type MoneyFilter, type MoneyState, moneyStates } from "./money-filter";

export type MoneySum = {
  /** No more than `countedAtMost`, which means *that many or more*. */
  count: number;
  /** In yuan only, and null where not all of it was counted: a part is no sum. */
  totalFen: number | null;
  /** Of that, what is not with its payers again. */
  leftFen: number | null;
  /** How many of them are in another currency and in neither sum. */
  foreign: number;
};

export async function sumMoney({ db }: Shop, filter: MoneyFilter): Promise<MoneySum> {
  const [sum] = await db.execute<{ count: number; totalFen: number; leftFen: number; foreign: number }>(sql`
    SELECT count(*)::int AS count, count(*) FILTER (WHERE fee_type <> 'CNY')::int AS foreign,
      coalesce(sum(total) FILTER (WHERE fee_type = 'CNY'), 0)::float8 AS "totalFen",
      coalesce(sum(greatest(0, total - gone)) FILTER (WHERE fee_type = 'CNY'), 0)::float8 AS "leftFen"
    FROM (SELECT ${receipts.feeType} AS fee_type, ${receipts.totalFen} AS total, ${goneFen} AS gone
      FROM ${receipts} WHERE ${isMoney(filter)} LIMIT ${countedAtMost}) t`);
  if (!sum) throw new Error("the money was not summed");
  return sum.count < countedAtMost ? sum : { ...sum, totalFen: null, leftFen: null };
}

/** How much each state holds, counted no further than `countedAtMost`. */
export async function countMoney({ db }: Shop): Promise<Record<MoneyState, number>> {
  const counts = moneyStates.map(
    (
      state,
    ) => sql`(SELECT count(*)::int FROM (SELECT FROM ${receipts} WHERE ${isMoney({ state, verdict: null })}
      LIMIT ${countedAtMost}) t) AS ${sql.identifier(state)}`,
  );
  const [row] = await db.execute<Record<MoneyState, number>>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  if (!row) throw new Error("the money was not counted");
  return row;
}
