import type { Sql } from "postgres";
import { log } from "@/lib/http/log";

/** Long enough to gather a burst into one NOTIFY, short enough that nobody notices. */
const debounceMs = 20;
const waiting = new WeakMap<Sql, NodeJS.Timeout>();

export const outboxChannel = "zhanggui_outbox";

/**
 * Tells the workers that the outbox holds something, at most once per 20 ms. Never in the transaction of the fact:
 * PostgreSQL serialises commits that NOTIFY. If it is lost, the worker's clock finds the rows a second later.
 */
export function nudgeOutbox(sql: Sql): void {
  if (waiting.has(sql)) return;
  const timer = setTimeout(() => {
    waiting.delete(sql);
    sql`SELECT pg_notify(${outboxChannel}, '')`.catch((error: unknown) =>
      log.warn({ err: error }, "outbox nudge lost"),
    );
  }, debounceMs);
  timer.unref();
  waiting.set(sql, timer);
}
