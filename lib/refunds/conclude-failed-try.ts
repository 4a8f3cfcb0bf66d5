import { and, eq, sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { refunds } from "@/lib/db/schema/refunds";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { type RefundRefusal, refundRefusal } from "@/lib/wechat/refund-refusal";
import { hasCode } from "@/lib/wechat/remedies";
import { announceRefund } from "./announce-refund";
import { queueSending } from "./approve-now";
import { certificateTrouble, resolveCertificateTrouble } from "./certificate-trouble";
import { findRefunds } from "./find-refunds";
import { lockRefund, type RefundRow } from "./lock-refund";
import { queryRefund } from "./query-refund";
import { outFen } from "./refundable";
import { afterCertificateMs, afterQuota, afterRefusalMs, gapAfter, slowerGapAfter } from "./retry-gaps";

/** Tries without a clear answer before a person is told: about an hour. */
const stuckAfter = 5;

type Said = Pick<WechatError, "code" | "text">;

/**
 * What each of WeChat's refusals asks for (A.7): the refund stays `sending` with the reason, the same number and the
 * next try; or it goes to a person, when WeChat will never pay it.
 */
export async function concludeFailedTry(
  shop: Shop,
  { refund, error }: { refund: RefundRow; error: WechatError },
): Promise<void> {
  const now = shop.now();
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const refusal = refundRefusal(error);
  const failed = { refund, said: error, refusal };
  const stuck = refund.attempts >= stuckAfter ? "refund_stuck" : null;
  // Whoever is refused for another reason got past the certificate.
  if (error.kind === "refused" && refusal !== "certificate") await resolveCertificateTrouble(shop.db, now);
  switch (refusal) {
    case "again":
      return keepTrying(shop, { ...failed, nextTryAt: inMs(gapAfter(refund.attempts)), alarm: stuck });
    case "slower":
      return keepTrying(shop, { ...failed, nextTryAt: inMs(slowerGapAfter(refund.attempts)), alarm: stuck });
    case "quota":
      return keepTrying(shop, { ...failed, nextTryAt: afterQuota(now), alarm: "refund_stuck" });
    case "not_enough":
      return keepTrying(shop, {
        ...failed,
        nextTryAt: inMs(gapAfter(refund.attempts)),
        alarm: "refund_not_enough",
      });
    case "certificate":
      return keepTrying(shop, { ...failed, nextTryAt: inMs(afterCertificateMs), alarm: certificateTrouble });
    case "by_hand":
      return payByHand(shop, { refund, said: error });
    case "person":
      // The portal may have paid back what is missing now: then its refunds become rows.
      if (hasCode(error, "ERROR") || hasCode(error, "PARAM_ERROR"))
        await addJob(shop.db, {
          task: "find_refunds",
          payload: { orderId: refund.orderId, receiptId: refund.receiptId },
        });
      return keepTrying(shop, { ...failed, nextTryAt: inMs(afterRefusalMs), alarm: "refund_refused" });
  }
}

async function keepTrying(
  shop: Shop,
  of: { refund: RefundRow; said: Said; refusal: RefundRefusal; nextTryAt: Date; alarm: string | null },
): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const { refund, said, refusal, nextTryAt } = of;
    const [still] = await tx
      .update(refunds)
      .set({ nextTryAt, errorCode: said.code, errorText: said.text.slice(0, 300), refusal })
      .where(and(eq(refunds.id, refund.id), eq(refunds.status, "sending")))
      .returning({ id: refunds.id });
    if (!still) return; // A notification was faster than the answer that we did not get.
    await queueSending(tx, refund, nextTryAt);
    if (of.alarm) await alarmAbout(tx, { refund, kind: of.alarm, said });
    await announceRefund(tx, refund, shop.now());
  });
  nudgeOutbox(shop.sql);
}

/**
 * WeChat will never pay this one: a person does, and records it. Only once WeChat has said what it knows of the payment,
 * because an earlier try whose answer was lost may have been executed, or the portal may have paid the money back; where
 * that leaves too little, a person decides.
 */
export async function payByHand(shop: Shop, of: { refund: RefundRow; said: Said }): Promise<void> {
  const { refund, said } = of;
  const inMs = (ms: number) => new Date(shop.now().getTime() + ms);
  if (!(await askForAll(shop, refund)))
    return keepTrying(shop, {
      ...{ refund, said, refusal: "by_hand" },
      nextTryAt: inMs(gapAfter(refund.attempts)),
      alarm: refund.attempts >= stuckAfter ? "refund_stuck" : null,
    });
  if (await handOver(shop, of)) return;
  await keepTrying(shop, {
    ...{ refund, said, refusal: "person" },
    nextTryAt: inMs(afterRefusalMs),
    alarm: "refund_refused",
  });
}

/** False while WeChat does not answer; else what it knows is settled, this refund as well as the portal's. */
async function askForAll(shop: Shop, { id, receiptId, attempts }: RefundRow): Promise<boolean> {
  // By its own number too: of a payment with many refunds WeChat does not list all.
  if (attempts > 1 && (await queryRefund(shop, id)) === "unknown_result") return false;
  try {
    await findRefunds(shop, receiptId);
    return true;
  } catch (error) {
    if (error instanceof WechatError) return false;
    throw error;
  }
}

/** False when so much of the payment has gone out that this refund no longer fits. */
async function handOver(
  shop: Shop,
  { refund: { id }, said }: { refund: RefundRow; said: Said },
): Promise<boolean> {
  const fits = await shop.db.transaction(async (tx) => {
    const { refund, receipt } = await lockRefund(tx, { refundId: id });
    if (refund.status !== "sending") return true; // WeChat knew of it.
    if ((await outFen(tx, receipt.id)) + refund.refundFen > receipt.totalFen) return false;
    const at = shop.now();
    await move(tx, {
      entity: "refund",
      event: "payByHand",
      id,
      actor: "job:send_refund",
      at,
      set: sql`error_code = ${said.code}, error_text = ${said.text.slice(0, 300)}, refusal = 'by_hand', next_try_at = NULL`,
    });
    await alarmAbout(tx, { refund, kind: "refund_by_hand", said });
    await announceRefund(tx, refund, at);
    return true;
  });
  nudgeOutbox(shop.sql);
  return fits;
}

async function alarmAbout(tx: Tx, of: { refund: RefundRow; kind: string; said: Said }): Promise<void> {
  const { refund, kind, said } = of;
  const ofAll = kind === certificateTrouble;
  await raiseAlarm(tx, {
    kind,
    dedupeKey: ofAll ? kind : `${kind}:${refund.id}`,
    orderId: ofAll ? null : refund.orderId,
    facts: {
      outRefundNo: refund.outRefundNo,
      refundFen: refund.refundFen,
      code: said.code,
      text: said.text,
    },
  });
}
