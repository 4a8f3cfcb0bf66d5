import { log } from "@/lib/http/log";
import type { Shop } from "@/lib/shop";

const leaseMs = 15_000;
const beatMs = 3000;

/**
 * A killed worker leaves its jobs locked for hours. Each live worker renews a lease; whoever sees one run out gives
 * that worker's jobs free, and they run again within seconds. Jobs held for longer than a lease by a worker without
 * one were left by a worker that was killed before its first. Returns how to stop and hand the leases back.
 */
export function keepLeases(shop: Shop, workerIds: ReadonlySet<string>): () => Promise<void> {
  const beat = async () => {
    for (const workerId of workerIds)
      await shop.sql`INSERT INTO worker_leases (worker_id, lease_until) VALUES (${workerId}, now() + ${leaseMs} * interval '1 ms')
        ON CONFLICT (worker_id) DO UPDATE SET lease_until = excluded.lease_until`;
    const [freed] = await shop.sql<{ dead: string[] }[]>`
      WITH run_out AS (DELETE FROM worker_leases WHERE lease_until < now() RETURNING worker_id),
        without AS (SELECT DISTINCT j.locked_by AS worker_id FROM graphile_worker.jobs j LEFT JOIN worker_leases l ON l.worker_id = j.locked_by
          WHERE j.locked_at < now() - ${leaseMs} * interval '1 ms' AND l.worker_id IS NULL)
      SELECT coalesce(array_agg(worker_id), '{}') AS dead FROM (TABLE run_out UNION TABLE without) gone`;
    if (!freed?.dead.length) return;
    await shop.sql`SELECT graphile_worker.force_unlock_workers(${freed.dead}::text[])`;
    log.warn({ workers: freed.dead.length }, "jobs of a lost worker were given free");
  };
  const timer = setInterval(
    () => beat().catch((error: unknown) => log.warn({ err: error }, "lease not renewed")),
    beatMs,
  );
  beat().catch((error: unknown) => log.warn({ err: error }, "lease not taken"));
  return async () => {
    clearInterval(timer);
    await shop.sql`DELETE FROM worker_leases WHERE worker_id = ANY(${[...workerIds]})`;
  };
}
