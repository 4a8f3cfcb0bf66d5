import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";

const patienceMs = 3_000;

/**
 * Holds an order's row while two racers run up to it one after the other, lets go once both wait for it, and answers
 * which processes the database saw waiting at the same moment. Two names prove that both were in their transactions
 * at once; a racer that came too late, or that waits for nothing, is not named.
 */
export async function behindGate<First, Second>(
  sql: Sql,
  orderNo: string,
  [first, second]: [() => Promise<First>, () => Promise<Second>],
): Promise<{ result: [First, Second]; waited: string[] }> {
  let racing: Promise<[First, Second]> | undefined;
  const waited = await sql.begin(async (gate) => {
    await gate`SELECT 1 FROM orders WHERE order_no = ${orderNo} FOR NO KEY UPDATE`;
    const ahead = first();
    await waiters(sql, 1);
    racing = Promise.all([ahead, second()]);
    racing.catch(() => {}); // It is awaited below.
    return waiters(sql, 2);
  });
  if (!racing) throw new Error("the race did not begin");
  return { result: await racing, waited };
}

async function waiters(sql: Sql, wanted: number): Promise<string[]> {
  for (const end = Date.now() + patienceMs; ; await sleep(1)) {
    const waiting = await sql<{ process: string }[]>`
      SELECT DISTINCT application_name AS process FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple')
          AND (query LIKE '%settle_payment%' OR query ILIKE '%from "orders"%for no key update%')`;
    if (waiting.length >= wanted || Date.now() > end) return waiting.map((row) => row.process);
  }
}
