import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { orders } from "@/lib/db/schema/orders";
import { receipts } from "@/lib/db/schema/receipts";
import { AppError } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { type Person, readOptionalNote } from "@/lib/staff/person";

/** `paid` and `revived`: the order is paid by it. `late` and `surplus`: it goes back by itself. */
export type TiedAs = "paid" | "revived" | "late" | "surplus";

/**
 * A person ties money of unclear purpose to an order, whatever its amount: `tie-receipt.sql`, beside this file.
 * `receipt_decided` when somebody was faster.
 */
export async function tieReceipt(
  shop: Shop,
  of: { receiptId: number; orderNo: string; by: Person; note: string | null },
): Promise<{ verdict: TiedAs }> {
  const note = readOptionalNote(of.note);
  const [order] = await shop.db
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.orderNo, of.orderNo.replaceAll("\0", "")));
  if (!order) throw new AppError("order_unknown");
  const verdict = await shop.db.transaction(async (tx) => {
    const [before] = await tx.select().from(receipts).where(eq(receipts.id, of.receiptId));
    if (!before) throw new AppError("not_found");
    const at = shop.now();
    const [row] = await tx.execute<{ verdict: TiedAs | null }>(
      sql`SELECT tie_receipt(${of.receiptId}, ${order.id}, ${`staff:${of.by.staffId}`}, ${at.toISOString()}::timestamptz) AS verdict`,
    );
    if (!row?.verdict) throw new AppError("receipt_decided", { verdict: before.verdict });
    await tx.update(receipts).set({ tiedBy: of.by.staffId }).where(eq(receipts.id, of.receiptId));
    await writeEntry(tx, {
      ...of.by,
      action: "receipt.tie",
      subject: "receipt",
      subjectId: of.receiptId,
      orderId: order.id,
      at,
      before: { verdict: before.verdict, orderId: before.orderId },
      after: { orderNo: of.orderNo, verdict: row.verdict, totalFen: before.totalFen, note },
    });
    return row.verdict;
  });
  nudgeOutbox(shop.sql);
  return { verdict };
}
