import { sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { AppError } from "@/lib/http/app-error";
import type { RefundRow } from "./lock-refund";

/**
 * Makes the `approve` move and queues the sending for the end of the undo window. `staffId` null: a rule decided.
 * The caller holds the locks and has decided that it may.
 */
export async function approveNow(
  tx: Tx,
  of: {
    refund: RefundRow;
    actor: string;
    staffId: number | null;
    undoSeconds: number;
    note?: string | null;
    now: Date;
  },
): Promise<void> {
  const { refund, now } = of;
  const sendAfter = new Date(now.getTime() + of.undoSeconds * 1000);
  const moved = await move(tx, {
    entity: "refund",
    event: "approve",
    id: refund.id,
    actor: of.actor,
    at: now,
    set: sql`decided_by = ${of.staffId}, decided_at = ${now.toISOString()}::timestamptz,
      decision_note = ${of.note ?? null}, send_after = ${sendAfter.toISOString()}::timestamptz`,
  });
  if (!moved) throw new AppError("refund_decided", { refundStatus: refund.status });
  await queueSending(tx, refund, sendAfter);
}

/** One waiting send job a refund, whoever queues it. `force`: a person asked for it, a paused queue notwithstanding. */
export async function queueSending(
  tx: Parameters<typeof addJob>[0],
  refund: Pick<RefundRow, "id" | "orderId">,
  runAt: Date,
  { force } = { force: false },
): Promise<void> {
  await addJob(tx, {
    task: "send_refund",
    payload: { orderId: refund.orderId, refundId: refund.id, ...(force && { force }) },
    key: `send_refund:${refund.id}`,
    runAt,
  });
}
