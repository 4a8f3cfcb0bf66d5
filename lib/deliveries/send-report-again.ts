import { sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { move } from "@/lib/db/move";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { lockReport } from "./lock-report";
import { queueReport } from "./queue-report";

/**
 * A person has set right what a report was refused for: it is told now, trouble with the token notwithstanding. What was
 * said before is said again; a report that was never said is made anew. `report_not_refused` when it was not refused.
 */
export async function sendReportAgain(shop: Shop, of: { receiptId: number; by: Person }): Promise<void> {
  const orderNo = await shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, of.receiptId);
    if (!owed) throw new AppError("not_found");
    const { report, order } = owed;
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
    await writeEntry(tx, {
      ...of.by,
      action: "report.send_again",
      subject: "report",
      subjectId: report.id,
      orderId: report.orderId,
      at,
      before: { status: report.status, code: report.errorCode },
    });
    await queueReport(tx, report, at, { force: true });
    return order?.orderNo ?? null;
  });
  if (orderNo) await signalDesk(shop.sql, { type: "delivery", orderNo });
}
