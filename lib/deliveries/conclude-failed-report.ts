import { eq, sql } from "drizzle-orm";
import { raiseTokenTrouble, resolveTokenTrouble, TokenTrouble } from "@/lib/access-tokens/token-trouble";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { wechatCalls } from "@/lib/db/schema/deeds";
import { deliveryReports } from "@/lib/db/schema/reports";
import { signalDesk } from "@/lib/live/signal-desk";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import type { WechatError } from "@/lib/wechat/errors";
import { reportRefusal, reportRemedy } from "@/lib/wechat/report-refusal";
import { lockReport, type Owed } from "./lock-report";
import { queueReport, queueWaitingReports } from "./queue-report";
import {
  afterTokenTroubleMs,
  fewTries,
  reportGapAfter,
  slowerReportGapAfter,
  stuckAfter,
} from "./report-gaps";

type Failed = {
  receiptId: number;
  appId: string;
  error: WechatError | TokenTrouble;
  /** The call was made; else it did not even come to that. */
  wasTried: boolean;
};
type Said = Pick<WechatError, "code" | "text">;

/**
 * What each of WeChat's refusals asks for: the report stays `queued` with the reason and the next try, or it is refused
 * and goes to a person. Where it did not come to a try, nothing counts.
 */
export async function concludeFailedReport(shop: Shop, of: Failed): Promise<void> {
  const { receiptId, appId, error } = of;
  const said = error instanceof TokenTrouble ? error.error : error;
  const refusal = error instanceof TokenTrouble ? "token" : reportRefusal(error);
  const now = shop.now();
  const owed = await shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, receiptId);
    if (refusal === "token") await raiseTokenTrouble(tx, { appId, error: said });
    if (owed?.report.status !== "queued") return null; // Another try was faster.
    const { attempts } = owed.report;
    const inMs = (ms: number) => new Date(now.getTime() + ms);
    switch (refusal) {
      case "token":
        if (of.wasTried) await uncountTry(tx, owed);
        await keepTrying(tx, owed, { ...said, nextTryAt: inMs(afterTokenTroubleMs) });
        break;
      case "slower":
        await concludeUnclear(tx, owed, { ...said, now, gapMs: slowerReportGapAfter(attempts) });
        break;
      case "few":
        if (attempts < fewTries)
          await keepTrying(tx, owed, { ...said, nextTryAt: inMs(reportGapAfter(attempts)) });
        else await refuse(tx, owed, { ...said, now });
        break;
      case "config":
      case "final":
        await refuse(tx, owed, { ...said, now });
        break;
      default:
        await concludeUnclear(tx, owed, { ...said, now });
    }
    return owed;
  });
  if (refusal !== "token" && wasHeard(said)) await endTokenTrouble(shop, { appId, now });
  nudgeOutbox(shop.sql);
  if (owed?.order) await signalDesk(shop.sql, { type: "delivery", orderNo: owed.order.orderNo });
}

/** Nobody knows whether it was heard: the same again, with growing gaps, for ever; after a few a person is told. */
export async function concludeUnclear(
  tx: Tx,
  owed: Owed,
  of: Said & { now: Date; gapMs?: number },
): Promise<void> {
  const { id, attempts } = owed.report;
  const nextTryAt = new Date(of.now.getTime() + (of.gapMs ?? reportGapAfter(attempts)));
  await keepTrying(tx, owed, { ...of, nextTryAt });
  // Where it does not even come to a try (no token, no openid), whoever was asked instead is counted.
  const tries = attempts > 0 ? attempts : await tx.$count(wechatCalls, eq(wechatCalls.reportId, id));
  if (tries >= stuckAfter) await alarmAbout(tx, owed, { ...of, kind: "report_stuck" });
}

/** A refused token let nothing through, so the report may still become another one. An upload may be heard before it. */
async function uncountTry(tx: Tx, { report }: Owed): Promise<void> {
  if (report.channel !== "delivernotify") return;
  await tx
    .update(deliveryReports)
    .set({ attempts: Math.max(0, report.attempts - 1) })
    .where(eq(deliveryReports.id, report.id));
}

async function keepTrying(
  tx: Tx,
  { report }: Owed,
  { code, text, nextTryAt }: Said & { nextTryAt: Date },
): Promise<void> {
  await tx
    .update(deliveryReports)
    .set({ nextTryAt, errorCode: code, errorText: text.slice(0, 300) })
    .where(eq(deliveryReports.id, report.id));
  await queueReport(tx, report, nextTryAt);
}

/** No repeat helps before a person has set it right. */
async function refuse(tx: Tx, owed: Owed, { code, text, now }: Said & { now: Date }): Promise<void> {
  const { report } = owed;
  const at = sql`${now.toISOString()}::timestamptz`;
  await move(tx, {
    entity: "report",
    event: "refuse",
    id: report.id,
    actor: "job:report_delivery",
    at: now,
    set: sql`next_try_at = NULL, error_code = ${code}, error_text = ${text.slice(0, 300)}`,
  });
  await tx.execute(sql`SELECT graphile_worker.remove_job(${`report_delivery:${report.receiptId}`})`);
  await tx.execute(sql`SELECT resolve_alarms(ARRAY[${`report_stuck:${report.id}`}], ${at})`); // It has become another one.
  await alarmAbout(tx, owed, { kind: "report_refused", code, text });
}

async function alarmAbout(tx: Tx, { report, receipt }: Owed, of: Said & { kind: string }): Promise<void> {
  await raiseAlarm(tx, {
    kind: of.kind,
    dedupeKey: `${of.kind}:${report.id}`,
    orderId: report.orderId,
    facts: {
      outTradeNo: receipt.outTradeNo,
      transactionId: receipt.transactionId,
      code: of.code,
      text: of.text.slice(0, 300),
      remedy: reportRemedy(of.code),
    },
  });
}

/** Whoever is refused for another reason got past the token. */
async function endTokenTrouble({ db }: Shop, { appId, now }: { appId: string; now: Date }): Promise<void> {
  if (await resolveTokenTrouble(db, appId, now)) await queueWaitingReports(db, { appId, now });
}

/** WeChat's own code, in an answer to a call that carried the token. */
function wasHeard({ kind, code }: WechatError): boolean {
  return kind === "refused" && /^[0-9]+$/.test(code);
}
