import { eq, sql } from "drizzle-orm";
import { refundLines, refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { announceRefund } from "./announce-refund";
import { queueSending } from "./approve-now";
import { decide, moveRefund } from "./decide-refund";
import { lockRefund } from "./lock-refund";

/** The buyer says how the goods come back; may be corrected while they are awaited. */
export async function sendReturn(
  shop: Shop,
  of: { refundNo: string; memberId: number; carrier: string; trackingNo: string },
): Promise<void> {
  const carrier = of.carrier.trim();
  const trackingNo = of.trackingNo.trim();
  const errors = [
    ...(/^[^\0]{1,30}$/.test(carrier) ? [] : [{ path: "carrier", code: "carrier" }]),
    ...(/^[0-9A-Za-z-]{5,40}$/.test(trackingNo) ? [] : [{ path: "trackingNo", code: "trackingNo" }]),
  ];
  if (errors.length) throw new AppError("malformed", { errors });
  await shop.db.transaction(async (tx) => {
    const { order, refund } = await lockRefund(tx, { refundNo: of.refundNo });
    if (order?.memberId !== of.memberId) throw new AppError("not_found");
    if (refund.status !== "awaiting_return")
      throw new AppError("refund_decided", { refundStatus: refund.status });
    await tx
      .update(refunds)
      .set({ returnCarrier: carrier, returnTrackingNo: trackingNo, returnSentAt: shop.now() })
      .where(eq(refunds.id, refund.id));
    await announceRefund(tx, refund, shop.now());
  });
  nudgeOutbox(shop.sql);
}

/** The goods are back: the money follows, after the undo window. `restock`: they can be sold again. */
export async function receiveReturn(
  shop: Shop,
  of: { refundNo: string; by: Person; restock: boolean },
): Promise<void> {
  const { refundUndoSeconds } = await readSettings(shop.db);
  await decide(shop, of, async (tx, { refund }) => {
    const at = shop.now();
    const sendAfter = new Date(at.getTime() + refundUndoSeconds * 1000);
    const set = sql`send_after = ${sendAfter.toISOString()}::timestamptz`;
    await moveRefund(tx, { refund, event: "receiveReturn", by: of.by, at, set });
    await tx.update(refundLines).set({ restock: of.restock }).where(eq(refundLines.refundId, refund.id));
    await queueSending(tx, refund, sendAfter);
    return { action: "refund.receive_return", after: { restock: of.restock } };
  });
}

/** What came back is not what was sold, or nothing came: no money, and the buyer reads why. */
export async function refuseReturn(
  shop: Shop,
  of: { refundNo: string; by: Person; note: string | null },
): Promise<void> {
  const note = readNote(of.note);
  await decide(shop, of, async (tx, { refund }) => {
    const at = shop.now();
    const set = sql`decided_by = ${of.by.staffId}, decided_at = ${at.toISOString()}::timestamptz, decision_note = ${note}`;
    await moveRefund(tx, { refund, event: "refuseReturn", by: of.by, at, set });
    return { action: "refund.refuse_return" };
  });
}
