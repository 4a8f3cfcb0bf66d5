import { tasks } from "@/lib/jobs/tasks";
import { pumpWholeOutbox } from "@/lib/outbox/pump";
import type { Shop } from "@/lib/shop";

/**
 * What a worker does when the shop's clock stands where it does: the outbox becomes jobs, and what is due of these runs,
 * one after the other. A job that throws is there again a minute later. Answers how many ran.
 */
export async function runDueJobs(shop: Shop): Promise<number> {
  await pumpWholeOutbox(shop.sql);
  const due = await shop.sql<{ task: string; payload: unknown }[]>`
    DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
    WHERE t.id = j.task_id AND j.run_at <= greatest(${shop.now().toISOString()}::timestamptz, now())
    RETURNING t.identifier AS task, j.payload`;
  for (const { task, payload } of due) {
    const again = new Date(shop.now().getTime() + 60_000).toISOString();
    await tasks[task]?.(shop, payload).catch(
      () =>
        shop.sql`SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::text::json, run_at := ${again})`,
    );
  }
  return due.length;
}
