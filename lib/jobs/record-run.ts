import type { Job } from "graphile-worker";
import { z } from "zod";
import { errorText } from "@/lib/http/error-facts";
import type { Shop } from "@/lib/shop";

const Named = z.object({ orderId: z.number().nullish() }).catch({ orderId: null });

/** Runs a job and keeps that it ran, for the order's timeline: the queue forgets a job once it is done. */
export async function recordRun(
  shop: Shop,
  of: { job: Job; payload: unknown },
  work: () => Promise<void>,
): Promise<void> {
  const { job } = of;
  const { orderId } = Named.parse(of.payload);
  const [run] = await shop.sql<{ id: string }[]>`
    INSERT INTO job_runs (job_id, task, order_id, attempt, started_at)
    VALUES (${job.id}, ${job.task_identifier}, ${orderId ?? null}, ${job.attempts}, ${shop.now().toISOString()}) RETURNING id`;
  const end = (error: string | null) =>
    shop.sql`UPDATE job_runs SET ended_at = ${shop.now().toISOString()}, error = ${error} WHERE id = ${run?.id ?? null}`;
  try {
    await work();
  } catch (error) {
    const text = errorText(error);
    await end(text);
    throw new Error(text); // The queue keeps and prints what it is thrown: no parameters, no personal data.
  }
  await end(null);
}
