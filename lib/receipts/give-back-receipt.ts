import { writeEntry } from "@/lib/audit/write-entry";
import { AppError } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import { announceRefund } from "@/lib/refunds/announce-refund";
import { approveNow } from "@/lib/refunds/approve-now";
import { insertRefund } from "@/lib/refunds/insert-refund";
import { lockReceipt } from "@/lib/refunds/lock-refund";
import { decidedFen, refundableFen } from "@/lib/refunds/refundable";
import type { RefundStatus } from "@/lib/refunds/state";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { type Person, readOptionalNote } from "@/lib/staff/person";

/**
 * A person gives back money that settles nothing: of another amount than asked, of which nobody knows what for, or
 * surplus whose refund WeChat gave up. All that is left of it. From the limit of the second person on, it waits in the queue for that person's approval.
 */
export async function giveBackReceipt(
  shop: Shop,
  of: { receiptId: number; by: Person; note: string | null },
): Promise<{ refundNo: string; status: RefundStatus }> {
  const settings = await readSettings(shop.db);
  const note = readOptionalNote(of.note);
  const answer = await shop.db.transaction(async (tx) => {
    const { receipt } = await lockReceipt(tx, of.receiptId);
    if (receipt.verdict === "settling")
      // That is refunded from its order.
      throw new AppError("receipt_decided", { verdict: receipt.verdict });
    const left = await refundableFen(tx, receipt.id);
    if (left === 0) throw new AppError("receipt_decided", { verdict: receipt.verdict });
    const now = shop.now();
    const actor = `staff:${of.by.staffId}`;
    const refund = await insertRefund(tx, {
      receipt,
      source: "staff",
      actor,
      staffId: of.by.staffId,
      refundFen: left,
      reason: receipt.verdict,
      reasonText: note,
      now,
    });
    await writeEntry(tx, {
      ...of.by,
      action: "receipt.give_back",
      subject: "receipt",
      subjectId: receipt.id,
      orderId: receipt.orderId,
      at: now,
      after: { refundNo: refund.outRefundNo, refundFen: left, note },
    });
    const { refundSecondPersonFromFen: limit, refundUndoSeconds: undoSeconds } = settings;
    const togetherFen = left + (await decidedFen(tx, receipt.id, { without: refund.id }));
    const needsTwo = limit > 0 && togetherFen >= limit;
    if (!needsTwo) await approveNow(tx, { refund, actor, staffId: of.by.staffId, undoSeconds, now });
    await announceRefund(tx, refund, now);
    return { refundNo: refund.outRefundNo, status: needsTwo ? refund.status : ("approved" as const) };
  });
  nudgeOutbox(shop.sql);
  return answer;
}
