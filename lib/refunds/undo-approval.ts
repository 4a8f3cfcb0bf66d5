import { sql } from "drizzle-orm";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { decide, moveRefund } from "./decide-refund";
import { refundableFen } from "./refundable";

/**
 * Takes an approval back while its window runs: the request waits for a decision again, for all that was asked, or for
 * what others have left of it since a part was approved.
 */
export async function undoApproval(shop: Shop, of: { refundNo: string; by: Person }): Promise<void> {
  await decide(shop, of, async (tx, { refund }) => {
    const at = shop.now();
    const isOpen = refund.status === "approved" && refund.sendAfter !== null && at < refund.sendAfter;
    if (!isOpen) throw new AppError("undo_too_late", { refundStatus: refund.status });
    const left = await refundableFen(tx, refund.receiptId, { without: refund.id });
    const refundFen = Math.min(refund.requestedFen, Math.max(left, refund.refundFen));
    const set = sql`refund_fen = ${refundFen}, decided_by = NULL, decided_at = NULL, decision_note = NULL, send_after = NULL,
      first_approved_by = NULL, first_approved_at = NULL, first_approved_return = NULL`;
    await moveRefund(tx, { refund, event: "undo", by: of.by, at, set });
    return { action: "refund.undo" };
  });
}
