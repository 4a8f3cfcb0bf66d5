import { asc, desc, eq, inArray } from "drizzle-orm";
import { wechatCalls } from "@/lib/db/schema/deeds";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import type { Shop } from "@/lib/shop";
import { type ReportRemedy, reportRemedy } from "@/lib/wechat/report-refusal";
import { canSendAgain } from "./send-report-again";

const triesShown = 20; // Of all its reports together, the newest.

export type ShownReport = Awaited<ReturnType<typeof readReports>>[number];

/**
 * What WeChat is owed, or was told, of an order's receipts: the one that paid it first. `deliverStatus` is null while
 * only some parcels have left; `canSend`: by a person, again or after all; `error` is what the last try came to, `remedy` names what to do about it.
 */
export async function readReports({ db, environment }: Shop, orderId: number) {
  const rows = await db
    .select({
      id: deliveryReports.id,
      receiptId: deliveryReports.receiptId,
      verdict: receipts.verdict,
      appid: receipts.appid,
      transactionId: receipts.transactionId,
      status: deliveryReports.status,
      channel: deliveryReports.channel,
      deliverStatus: deliveryReports.deliverStatus,
      attempts: deliveryReports.attempts,
      nextTryAt: deliveryReports.nextTryAt,
      reportedAt: deliveryReports.reportedAt,
      errorCode: deliveryReports.errorCode,
      errorText: deliveryReports.errorText,
    })
    .from(deliveryReports)
    .innerJoin(receipts, eq(receipts.id, deliveryReports.receiptId))
    .where(eq(deliveryReports.orderId, orderId))
    .orderBy(asc(deliveryReports.id));
  const tries = await readTries(
    db,
    rows.map(({ id }) => id),
  );
  const settlingFirst = rows.sort(
    (a, b) => Number(b.verdict === "settling") - Number(a.verdict === "settling"),
  );
  return settlingFirst.map(({ errorCode, errorText, appid, ...row }) => ({
    ...row,
    canSend: canSendAgain(environment.wechat, { report: row, receipt: { appid } }),
    error: errorCode === null ? null : describeError(errorCode, errorText),
    tries: tries.filter(({ reportId }) => reportId === row.id),
  }));
}

function describeError(
  code: string,
  text: string | null,
): { code: string; text: string; remedy: ReportRemedy } {
  return { code, text: text ?? "", remedy: reportRemedy(code) };
}

/** Newest first: what was asked, when, and what came of it. */
async function readTries(db: Shop["db"], reportIds: number[]) {
  if (reportIds.length === 0) return [];
  return db
    .select({
      id: wechatCalls.id,
      reportId: wechatCalls.reportId,
      call: wechatCalls.call,
      at: wechatCalls.startedAt,
      outcome: wechatCalls.outcome,
      errorText: wechatCalls.errorText,
    })
    .from(wechatCalls)
    .where(inArray(wechatCalls.reportId, reportIds))
    .orderBy(desc(wechatCalls.id))
    .limit(triesShown);
}
