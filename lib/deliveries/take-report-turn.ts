import { eq } from "drizzle-orm";
import { deliveryReports } from "@/lib/db/schema/reports";
import type { Shop } from "@/lib/shop";
import { type DeliveryReporter, findReporter, type ReportTry } from "./delivery-reporter";
import { lockReport } from "./lock-report";
import { queueReport } from "./queue-report";
import { inFlightMs, reportGapAfter } from "./report-gaps";

export type ReportTurn = { at: Date; send: ReportTry["send"] };

/**
 * Decides, under the locks, whether this report is made now, and commits everything that must be known before WeChat is:
 * the try, its channel, the request as it will always be, and the job of the next one. Null: not now, and a job is
 * queued for when; or nothing is to be told.
 */
export async function takeReportTurn(
  shop: Shop,
  receiptId: number,
  reporter: DeliveryReporter,
): Promise<ReportTurn | null> {
  return shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, receiptId);
    if (owed?.report.status !== "queued") return null;
    if (findReporter(shop.environment.wechat, owed) !== reporter) return null; // It has just become another report: its own job is queued.
    const { report } = owed;
    const now = shop.now();
    if (report.nextTryAt && report.nextTryAt > now) {
      await queueReport(tx, report, report.nextTryAt);
      return null;
    }
    const at = laterThan(report.lastTriedAt, now);
    const planned = await reporter.plan(tx, { shop, owed, at });
    const mine = eq(deliveryReports.id, report.id);
    if (!planned) {
      await tx.update(deliveryReports).set({ nextTryAt: null }).where(mine);
      return null;
    }
    const attempts = report.attempts + 1;
    const nextTryAt = new Date(at.getTime() + Math.max(reportGapAfter(attempts), inFlightMs));
    await tx
      .update(deliveryReports)
      .set({
        channel: reporter.channel,
        request: planned.request,
        attempts,
        lastTriedAt: at,
        nextTryAt,
        errorCode: null, // What WeChat said of the try before says nothing about this one.
        errorText: null,
      })
      .where(mine);
    await queueReport(tx, report, nextTryAt);
    return { at, send: planned.send };
  });
}

/** The shipping service wants each message to be later than the one before, and the clocks of two workers may differ. */
function laterThan(before: Date | null, now: Date): Date {
  return before && before >= now ? new Date(before.getTime() + 1) : now;
}
