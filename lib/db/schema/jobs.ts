import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "./columns";

/** What must follow a fact, committed with it; the worker pumps it into jobs, exactly once. */
export const outbox = pgTable("outbox", {
  id: id(),
  task: text("task").notNull(),
  payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
  createdAt: createdAt(),
});

/** Each run of a job: graphile-worker forgets a job once it is done. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: id(),
    jobId: text("job_id").notNull(),
    task: text("task").notNull(),
    orderId: ref("order_id"),
    attempt: integer("attempt").notNull(),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
    error: text("error"),
  },
  (t) => [
    index("job_runs_order").on(t.orderId, t.id),
    index("job_runs_age").on(t.startedAt),
    index("job_runs_failed").on(t.startedAt).where(sql`${t.error} IS NOT NULL`),
  ],
);

/** A killed worker's jobs stay locked; whoever finds its lease run out gives them free. */
export const workerLeases = pgTable("worker_leases", {
  workerId: text("worker_id").primaryKey(),
  leaseUntil: at("lease_until").notNull(),
});
