import { type SQL, sql } from "drizzle-orm";
import type { Db } from "./connect";

/**
 * The rows of a query that has so much time and no more; null when that was over. Planned for its very values: a plan
 * for any values reads whole tables where these ones name a few rows; and what contradicts itself reads nothing.
 */
export async function readWithin<Row extends Record<string, unknown>>(db: Db, timeoutMs: number, query: SQL) {
  const limits = sql`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true),
    set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
    set_config('constraint_exclusion', 'on', true)`;
  try {
    const [, rows] = await db.transaction((tx) => Promise.all([tx.execute(limits), tx.execute<Row>(query)]));
    return rows;
  } catch (error) {
    if (isCancelled(error)) return null;
    throw error;
  }
}

/** PostgreSQL's query_canceled, below what drizzle says of the query. */
function isCancelled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "57014") || isCancelled(error.cause);
}
