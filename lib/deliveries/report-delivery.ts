import { eq } from "drizzle-orm";
import { callWithToken, readyToken } from "@/lib/access-tokens/call-with-token";
import { findOwnApp, type OwnApp } from "@/lib/access-tokens/own-app";
import { TokenTrouble, tokenTroubleSince } from "@/lib/access-tokens/token-trouble";
import { receipts } from "@/lib/db/schema/receipts";
import { deliveryReports } from "@/lib/db/schema/reports";
import { keepCall } from "@/lib/payments/record-call";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { concludeFailedReport } from "./conclude-failed-report";
import { concludeReport } from "./conclude-report";
import { findReporter, type Told } from "./delivery-reporter";
import { keepOpenid } from "./keep-openid";
import type { Owed } from "./lock-report";
import { queueReport } from "./queue-report";
import { afterTokenTroubleMs } from "./report-gaps";
import { takeReportTurn } from "./take-report-turn";
import { waiveReport } from "./waive-report";

/**
 * One try to tell WeChat what became of a receipt's goods. Runs as a job, as often as it takes; a try that was killed in
 * the middle is repeated like one that timed out. A token and the buyer's openid are there before a try counts: what
 * counts may have been heard, and is never changed. `force`: a person asked for it now, trouble with the token
 * notwithstanding.
 */
export async function reportDelivery(
  shop: Shop,
  receiptId: number,
  options = { force: false },
): Promise<void> {
  const owed = await findOwed(shop, receiptId);
  if (owed?.report.status !== "queued") return;
  const { wechat } = shop.environment;
  const reporter = findReporter(wechat, owed);
  if (reporter === "wait") return;
  if (reporter === "waive") return waiveReport(shop, receiptId);
  const app = findOwnApp(wechat, owed.receipt.appid);
  if (!app) throw new Error("a reporter was found for an appid of nobody's");
  if (await mustWait(shop, { owed, app, ...options })) return;

  let told: Told;
  let at: Date | null = null;
  try {
    const token = await tokenFor(shop, owed, app);
    await keepOpenid(shop, owed);
    const turn = await takeReportTurn(shop, receiptId, reporter);
    if (!turn) return;
    at = turn.at;
    told = await callWithToken(shop, app, { token, call: turn.send });
  } catch (error) {
    if (!(error instanceof WechatError) && !(error instanceof TokenTrouble)) throw error;
    return concludeFailedReport(shop, { receiptId, appId: app.appId, error, wasTried: at !== null });
  }
  await concludeReport(shop, { receiptId, appId: app.appId, told, at });
}

/** As it stands, without its locks: what is decided by it is decided again under them. */
async function findOwed({ db }: Shop, receiptId: number): Promise<Pick<Owed, "report" | "receipt"> | null> {
  const [row] = await db
    .select({ report: deliveryReports, receipt: receipts })
    .from(deliveryReports)
    .innerJoin(receipts, eq(receipts.id, deliveryReports.receiptId))
    .where(eq(deliveryReports.receiptId, receiptId));
  return row ?? null;
}

/** It is not yet time, and a job is queued for when it is. */
async function mustWait(
  shop: Shop,
  { owed: { report }, app, force }: { owed: Pick<Owed, "report">; app: OwnApp; force: boolean },
): Promise<boolean> {
  const since = force ? null : await tokenTroubleSince(shop.db, app.appId);
  const waits = [report.nextTryAt, since && new Date(since.getTime() + afterTokenTroubleMs)];
  const earliest = Math.max(...waits.map((at) => at?.getTime() ?? 0));
  if (earliest <= shop.now().getTime()) return false;
  await queueReport(shop.db, report, new Date(earliest));
  return true;
}

async function tokenFor(shop: Shop, { report }: Pick<Owed, "report">, app: OwnApp): Promise<string> {
  const startedAt = shop.now();
  try {
    return await readyToken(shop, app);
  } catch (error) {
    const why = error instanceof TokenTrouble ? error.error : error;
    if (why instanceof WechatError)
      await keepCall(
        shop,
        { report, call: "stable_token" },
        { outcome: why.code, errorText: why.text.slice(0, 300), startedAt },
      );
    throw error;
  }
}
