import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { messages } from "@/lib/db/schema/messages";

/**
 * Something that staff are told outside the desk, once per `dedupeKey`, in the transaction of what it is about. `text` is
 * read by whoever is in the group: no secrets, no personal data.
 */
export async function queueMessage(tx: Tx, message: { dedupeKey: string; text: string }): Promise<void> {
  const [queued] = await tx.insert(messages).values(message).onConflictDoNothing().returning();
  if (queued) await queueSending(tx);
}

/** One job for all that wait; while a try has failed, all wait for the next. */
export async function queueSending(tx: Tx, retryAt?: Date): Promise<void> {
  await addJob(tx, {
    task: "send_messages",
    payload: {},
    runAt: retryAt,
    key: "send_messages",
    keyMode: retryAt ? "replace" : "preserve_run_at",
    queue: "messages",
  });
}
