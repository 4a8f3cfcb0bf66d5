import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";

const patienceMs = 400;

/**
 * Holds an order's row while a race begins, lets go once two processes wait for it, and answers which ones the
 * database saw waiting at the same moment. Two names prove that both were in their transactions at once; if one
 * of them came too late, only the other is named.
 */
export async function behindGate<T>(
  sql: Sql,
  orderNo: string,
  race: () => Promise<T>,
): Promise<{ result: T; waited: string[] }> {
  let racing: Promise<T> | undefined;
  const waited = await sql.begin(async (gate) => {
    await gate`SELECT 1 FROM orders WHERE order_no = ${orderNo} FOR NO KEY UPDATE`;
    racing = race();
    racing.catch(() => {}); // It is awaited below.
    return twoWaiters(sql);
  });
  if (!racing) throw new Error("the race did not begin");
  return { result: await racing, waited };
}

async function twoWaiters(sql: Sql): Promise<string[]> {
  for (const end = Date.now() + patienceMs; ; await sleep(1)) {
    const waiting = await sql<{ process: string }[]>`
      SELECT DISTINCT application_name AS process FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple')
          AND (query LIKE '%settle_payment%' OR query ILIKE '%from "orders"%for no key update%')`;
    if (waiting.length > 1 || Date.now() > end) return waiting.map((row) => row.process);
  }
}
