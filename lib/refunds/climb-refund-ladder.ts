import { eq, sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { addJob } from "@/lib/db/add-job";
import { move } from "@/lib/db/move";
import { refunds } from "@/lib/db/schema/refunds";
import type { Shop } from "@/lib/shop";
import { queueSending } from "./approve-now";
import { lockRefund } from "./lock-refund";
import { queryRefund } from "./query-refund";
import { nextRefundRung } from "./refund-ladder";

/** WeChat may not show a refund in the first moments after it accepted it. */
const believedLostAfterMs = 5 * 60_000;

/** One rung: ask, and come back at the next one until WeChat has paid or given up. The next rung stands before WeChat is asked. */
export async function climbRefundLadder(shop: Shop, refundId: number): Promise<void> {
  const [refund] = await shop.db.select().from(refunds).where(eq(refunds.id, refundId));
  if (!refund?.acceptedAt || !(refund.status === "accepted" || refund.status === "abnormal")) return;
  await addJob(shop.db, {
    task: "query_refund",
    payload: { orderId: refund.orderId, refundId },
    runAt: nextRefundRung(refund.acceptedAt, shop.now()),
    key: `query_refund:${refundId}`,
  });
  const outcome = await queryRefund(shop, refundId);
  const age = shop.now().getTime() - refund.acceptedAt.getTime();
  if (outcome === "not_found" && age >= believedLostAfterMs) await sendAgain(shop, refundId);
}

/** Accepted, and WeChat knows of no such refund: the same request once more, with the same number. */
async function sendAgain(shop: Shop, refundId: number): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const { refund } = await lockRefund(tx, { refundId });
    const inFlight = await tx.$count(refunds, sql`receipt_id = ${refund.receiptId} AND status = 'sending'`);
    if (inFlight > 0 || refund.request === null) return; // The next rung looks again; the portal's are not ours to send.
    const at = shop.now();
    // WeChat accepts it anew: another refund_id, and a ladder from its first rung.
    const set = sql`next_try_at = ${at.toISOString()}::timestamptz, error_code = 'REFUNDNOTEXIST', refusal = 'again',
      refund_id = NULL, accepted_at = NULL`;
    if (
      !(await move(tx, {
        entity: "refund",
        event: "resend",
        id: refundId,
        actor: "job:query_refund",
        at,
        set,
      }))
    )
      return;
    await queueSending(tx, refund, at);
    await raiseAlarm(tx, {
      kind: "refund_stuck",
      dedupeKey: `refund_stuck:${refundId}`,
      orderId: refund.orderId,
      facts: { outRefundNo: refund.outRefundNo, refundFen: refund.refundFen, code: "REFUNDNOTEXIST" },
    });
  });
}
