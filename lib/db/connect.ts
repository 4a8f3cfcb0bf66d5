import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";

export type Db = PostgresJsDatabase;
/** A connection inside a transaction; verbs that must share one take it as an argument. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

export type Connection = { sql: Sql; db: Db; close: () => Promise<void> };

/**
 * A pool on one database. `pooled` means a transaction pooler stands before it: no prepared statements then.
 * Nothing a request does takes seconds; what runs longer than the time-out is stuck and must not hold its locks.
 */
export function connect(
  url: string,
  options: { pooled?: boolean; max?: number; name?: string } = {},
): Connection {
  const sql = postgres(url, {
    max: options.max ?? 8,
    prepare: !options.pooled,
    connect_timeout: 3,
    idle_timeout: 300,
    max_lifetime: 60 * 60,
    connection: {
      application_name: options.name ?? "zhanggui",
      ...(options.pooled ? {} : { statement_timeout: 20_000 }),
    },
    onnotice: () => {},
  });
  return { sql, db: drizzle(sql), close: () => sql.end({ timeout: 2 }) };
}
