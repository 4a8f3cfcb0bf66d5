import type { Sql } from "postgres";

/** Lets time pass for refunds and for the jobs that wait: what was due in so many seconds is due now. */
export async function letTimePass(sql: Sql, seconds: number): Promise<void> {
  const gap = `${seconds} s`;
  await sql.begin(async (tx) => {
    await tx`UPDATE refunds SET created_at = created_at - ${gap}::interval, decided_at = decided_at - ${gap}::interval,
      send_after = send_after - ${gap}::interval, last_sent_at = last_sent_at - ${gap}::interval,
      next_try_at = next_try_at - ${gap}::interval, accepted_at = accepted_at - ${gap}::interval,
      queried_at = queried_at - ${gap}::interval WHERE status IN ('approved', 'sending', 'accepted')`;
    await tx`UPDATE graphile_worker._private_jobs SET run_at = run_at - ${gap}::interval WHERE locked_at IS NULL`;
    await tx`SELECT pg_notify('jobs:insert', '{"count":4}')`; // A worker looks by itself only once a second.
  });
}

/** A killed worker's jobs are given free once its lease has run out: let that be long ago. No worker may be alive. */
export async function letLeasesRunOut(sql: Sql): Promise<void> {
  await sql`UPDATE worker_leases SET lease_until = lease_until - interval '1 minute'`;
  await sql`UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '1 minute' WHERE locked_at IS NOT NULL`;
}
