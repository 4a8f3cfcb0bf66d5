import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { deliveryReports } from "@/lib/db/schema/reports";
import type { Environment } from "@/lib/environment/environment";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { concludeDelivery } from "./conclude-delivery";
import { type Covered, findReporter } from "./delivery-reporter";
import { lockReport, type Owed, type ReportRow } from "./lock-report";
import { queueReport } from "./queue-report";

/**
 * A person has set right what a report was refused for: it is told now, trouble with the token notwithstanding. What was
 * said before is said again while it is true; a report that was never said, or is not true any more, is made anew.
 * `report_not_refused` when it was not refused, `nothing_to_report` while everything is lost and the money kept. One that
 * was waived, because a setting was missing when it was due, is told as well once the settings cover it.
 */
export async function sendReportAgain(shop: Shop, of: { receiptId: number; by: Person }): Promise<void> {
  const orderNo = await shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, of.receiptId);
    if (!owed) throw new AppError("not_found");
    const { report, order } = owed;
    if (!canSendAgain(shop.environment.wechat, owed)) throw new AppError("report_not_refused");
    const at = shop.now();
    const now = sql`${at.toISOString()}::timestamptz`;
    const moved = await move(tx, {
      entity: "report",
      event: "sendAgain",
      id: report.id,
      actor: `staff:${of.by.staffId}`,
      at,
      set: sql`attempts = least(attempts, 1), next_try_at = ${now}, error_code = NULL, error_text = NULL`, // Its gaps begin anew.
    });
    if (!moved) throw new AppError("report_not_refused");
    const due = await bringUpToDate(tx, owed, { actor: `staff:${of.by.staffId}`, now: at });
    await writeEntry(tx, {
      ...of.by,
      action: "report.send_again",
      subject: "report",
      subjectId: report.id,
      orderId: report.orderId,
      at,
      before: { status: report.status, code: report.errorCode, deliverStatus: report.deliverStatus },
      after: { deliverStatus: due.deliverStatus },
    });
    await queueReport(tx, due, due.nextTryAt ?? at, { force: true });
    return order?.orderNo ?? null;
  });
  if (orderNo) await signalDesk(shop.sql, { type: "delivery", orderNo });
}

/** Whether there is something to send again: a refused report, or a waived one that a channel covers now. */
export function canSendAgain(
  wechat: Environment["wechat"],
  owed: Covered & { report: Pick<ReportRow, "status"> },
): boolean {
  const { status } = owed.report;
  return status === "refused" || (status === "waived" && findReporter(wechat, owed) !== "waive");
}

/**
 * Since it was refused the goods may have been lost, or the money gone back: WeChat, which has taken nothing, hears what is
 * true now. The shipping service is told parcels, and those are read at each try.
 */
async function bringUpToDate(
  tx: Tx,
  { report, receipt }: Owed,
  { actor, now }: { actor: string; now: Date },
): Promise<Pick<ReportRow, "orderId" | "receiptId" | "deliverStatus" | "nextTryAt">> {
  const { orderId, verdict } = receipt;
  if (verdict !== "settling" || !orderId || report.channel === "shipping-info")
    return { ...report, nextTryAt: now };
  const mine = eq(deliveryReports.id, report.id);
  await tx.update(deliveryReports).set({ attempts: 0 }).where(mine); // What is due may change it now.
  const { deliveryUndoSeconds: undoSeconds } = await readSettings(tx);
  await concludeDelivery(tx, { orderId, actor, now, undoSeconds });
  const [due] = await tx.select().from(deliveryReports).where(mine);
  if (!due || due.deliverStatus === null) throw new AppError("nothing_to_report");
  const isStillTrue = due.deliverStatus === report.deliverStatus;
  const said = isStillTrue
    ? { attempts: Math.min(report.attempts, 1), nextTryAt: now }
    : { request: null, nextTryAt: due.nextTryAt };
  await tx.update(deliveryReports).set(said).where(mine);
  return { ...due, ...said };
}
