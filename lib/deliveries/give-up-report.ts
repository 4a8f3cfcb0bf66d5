import { writeEntry } from "@/lib/audit/write-entry";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { endReport } from "./end-report";
import { lockReport } from "./lock-report";

/**
 * WeChat refused a report for a reason that nobody can set right here (another account's openid, a transaction that it
 * does not know): a person tells it in WeChat's own console, or need not, and says why. The order's clock ends; it can
 * be sent again later all the same. `report_not_refused`, `reason_required`, `not_found`.
 */
export async function giveUpReport(
  shop: Shop,
  of: { receiptId: number; note: string; by: Person },
): Promise<void> {
  const note = readNote(of.note);
  const orderNo = await shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, of.receiptId);
    if (!owed) throw new AppError("not_found");
    const { report, order } = owed;
    const at = shop.now();
    const actor = `staff:${of.by.staffId}`;
    if (!(await endReport(tx, owed, { event: "giveUp", at, actor })))
      throw new AppError("report_not_refused");
    await writeEntry(tx, {
      ...of.by,
      action: "report.give_up",
      subject: "report",
      subjectId: report.id,
      orderId: report.orderId,
      at,
      before: { status: report.status, code: report.errorCode, deliverStatus: report.deliverStatus },
      after: { note },
    });
    return order?.orderNo ?? null;
  });
  if (orderNo) await signalDesk(shop.sql, { type: "delivery", orderNo });
}
