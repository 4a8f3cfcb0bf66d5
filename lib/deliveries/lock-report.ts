import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { deliveryReports } from "@/lib/db/schema/reports";
import { lockReceipt, type OrderRow, type ReceiptRow } from "@/lib/refunds/lock-refund";

export type ReportRow = typeof deliveryReports.$inferSelect;
/** A report and what it is about. `order` is null for money of which nobody knows what for. */
export type Owed = { order: OrderRow | null; receipt: ReceiptRow; report: ReportRow };

/** Locks a receipt's report after its order and receipt. Null when none is owed. */
export async function lockReport(tx: Tx, receiptId: number): Promise<Owed | null> {
  const { order, receipt } = await lockReceipt(tx, receiptId);
  const [report] = await tx
    .select()
    .from(deliveryReports)
    .where(eq(deliveryReports.receiptId, receiptId))
    .for("no key update");
  return report ? { order, receipt, report } : null;
}
