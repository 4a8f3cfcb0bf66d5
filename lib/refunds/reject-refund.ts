import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { decide, moveRefund } from "./decide-refund";

/** Refuses a request; the buyer reads why. */
export async function rejectRefund(
  shop: Shop,
  of: { refundNo: string; by: Person; note: string | null },
): Promise<void> {
  const note = readNote(of.note);
  const at = shop.now();
  await decide(shop, of, async (tx, { refund }) => {
    const set = sql`decided_by = ${of.by.staffId}, decided_at = ${at.toISOString()}::timestamptz, decision_note = ${note}`;
    await moveRefund(tx, { refund, event: "reject", by: of.by, at, set });
    return { action: "refund.reject" };
  });
}
