import type { Sql } from "postgres";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "./app-error";

export type RateLimit = { name: string; points: number; perS: number };

/**
 * Counts one call of `who` against a limit that all processes share.
 * Over it: 429 with the seconds to wait.
 */
export async function takeFromLimit(sql: Sql, limit: RateLimit, who: string): Promise<void> {
  try {
    await limiter(sql, limit).consume(who);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("too_many_requests", { retryAfterS: refusal.msBeforeNext / 1000 });
  }
}

const limiters = new WeakMap<Sql, Map<string, RateLimiterPostgres>>();

function limiter(sql: Sql, limit: RateLimit): RateLimiterPostgres {
  const ofSql = limiters.get(sql) ?? new Map<string, RateLimiterPostgres>();
  limiters.set(sql, ofSql);
  const key = `${limit.name}:${limit.points}:${limit.perS}`;
  const known = ofSql.get(key);
  if (known) return known;
  const made = new RateLimiterPostgres({
    storeClient: queryClient(sql),
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.perS,
  });
  ofSql.set(key, made);
  return made;
}

/** The library speaks node-postgres; this is the one call of it that it makes. */
function queryClient(sql: Sql) {
  return {
    query: async ({ text, values }: { text: string; values: (string | number | null)[] }) => {
      const rows = await sql.unsafe(text, values);
      return { rows, rowCount: rows.count };
    },
  };
}
