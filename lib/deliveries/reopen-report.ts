import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import { queueReport } from "./queue-report";

/**
 * A parcel was corrected, or another one was sent in its place: where WeChat's shipping service has been told of it, it
 * is told once more. `delivernotify` names no parcel, so there it changes nothing. The caller holds the order's lock
 * and has written `corrected_at`, or the new parcel.
 */
export async function reopenReport(tx: Tx, of: { orderId: number; actor: string; now: Date }): Promise<void> {
  const [report] = await tx
    .select({
      id: deliveryReports.id,
      orderId: deliveryReports.orderId,
      receiptId: deliveryReports.receiptId,
      status: deliveryReports.status,
      channel: deliveryReports.channel,
      nextTryAt: deliveryReports.nextTryAt,
    })
    .from(deliveryReports)
    .innerJoin(receipts, eq(receipts.id, deliveryReports.receiptId))
    .where(and(eq(receipts.orderId, of.orderId), eq(receipts.verdict, "settling")))
    .for("no key update", { of: deliveryReports });
  if (report?.channel !== "shipping-info") return; // None was tried: what is tried reads the parcels as they are then.
  if (report.status === "queued") {
    const nextTryAt = report.nextTryAt && report.nextTryAt > of.now ? report.nextTryAt : of.now;
    await tx.update(deliveryReports).set({ nextTryAt }).where(eq(deliveryReports.id, report.id));
    return queueReport(tx, report, nextTryAt);
  }
  const moved = await move(tx, {
    entity: "report",
    event: "reopen",
    id: report.id,
    actor: of.actor,
    at: of.now,
    set: sql`attempts = 1, next_try_at = ${of.now.toISOString()}::timestamptz, reported_at = NULL`,
  });
  if (moved) await queueReport(tx, report, of.now);
}
