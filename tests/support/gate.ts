import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";

const patienceMs = 10_000;

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
    const [held] = await gate<{ pid: number }[]>`
      SELECT pg_backend_pid() AS pid FROM orders WHERE order_no = ${orderNo} FOR NO KEY UPDATE`;
    if (!held) throw new Error(`there is no order ${orderNo}`);
    const ahead = first();
    await waiters(sql, { behind: held.pid, wanted: 1 });
    racing = Promise.all([ahead, second()]);
    racing.catch(() => {}); // It is awaited below.
    return waiters(sql, { behind: held.pid, wanted: 2 });
  });
  if (!racing) throw new Error("the race did not begin");
  return { result: await racing, waited };
}

/** The processes that wait for this session's lock, or for somebody who does. */
export async function waiters(sql: Sql, of: { behind: number; wanted: number }): Promise<string[]> {
  for (const end = Date.now() + patienceMs; ; await sleep(1)) {
    const waiting = await sql<{ process: string }[]>`
      WITH RECURSIVE blocked AS MATERIALIZED (
        SELECT application_name, pid, pg_blocking_pids(pid) AS by FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
      ), behind AS (
        SELECT b.application_name, b.pid FROM blocked b WHERE ${of.behind}::int = ANY (b.by)
        UNION SELECT b.application_name, b.pid FROM blocked b JOIN behind ON behind.pid = ANY (b.by)
      )
      SELECT DISTINCT application_name AS process FROM behind`;
    if (waiting.length >= of.wanted || Date.now() > end) return waiting.map((row) => row.process);
  }
}
