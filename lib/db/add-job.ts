import { sql } from "drizzle-orm";
import type { Db, Tx } from "./connect";

export type Job = {
  task: string;
  payload: {
    orderId?: number | null;
    paymentId?: number;
    refundId?: number;
    receiptId?: number;
    variantId?: number;
    exportId?: number;
    force?: boolean;
  };
  runAt?: Date;
  /** One waiting job per key; adding again moves it (`replace`) or keeps the earlier time (`preserve_run_at`). */
  key?: string;
  keyMode?: "replace" | "preserve_run_at";
  /** Jobs of one queue run one after the other, whatever worker has them. */
  queue?: string;
};

/** Queues a job in the caller's transaction: it exists exactly when the fact it follows from does. */
export async function addJob(tx: Tx | Db, job: Job): Promise<void> {
  await tx.execute(sql`SELECT graphile_worker.add_job(
    ${job.task}, ${JSON.stringify(job.payload)}::json, queue_name := ${job.queue ?? null}, run_at := ${(job.runAt ?? null)?.toISOString() ?? null}::timestamptz,
    max_attempts := 25, job_key := ${job.key ?? null}, job_key_mode := ${job.keyMode ?? "replace"})`);
}
