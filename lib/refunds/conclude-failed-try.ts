import { and, eq } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { refunds } from "@/lib/db/schema/refunds";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import type { WechatError } from "@/lib/wechat/errors";
import { refundRefusal } from "@/lib/wechat/refund-refusal";
import { hasCode } from "@/lib/wechat/remedies";
import { announceRefund } from "./announce-refund";
import { queueSending } from "./approve-now";
import { certificateTrouble, resolveCertificateTrouble } from "./certificate-trouble";
import type { RefundRow } from "./lock-refund";
import { queryRefund } from "./query-refund";
import { afterCertificateMs, afterQuota, afterRefusalMs, gapAfter, slowerGapAfter } from "./retry-gaps";

/** Tries without a clear answer before a person is told: about an hour. */
const stuckAfter = 5;

type Failed = { refund: RefundRow; error: WechatError };

/**
 * What each of WeChat's refusals asks for (A.7): the refund stays `sending` with the reason, the same number and the
 * next try; or it goes to a person, when WeChat will never pay it.
 */
export async function concludeFailedTry(shop: Shop, { refund, error }: Failed): Promise<void> {
  const now = shop.now();
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const refusal = refundRefusal(error);
  // Whoever is refused for another reason got past the certificate.
  if (error.kind === "refused" && refusal !== "certificate") await resolveCertificateTrouble(shop.db, now);
  switch (refusal) {
    case "again":
      return keepTrying(shop, {
        refund,
        error,
        nextTryAt: inMs(gapAfter(refund.attempts)),
        alarm: refund.attempts >= stuckAfter ? "refund_stuck" : null,
      });
    case "slower":
      return keepTrying(shop, {
        refund,
        error,
        nextTryAt: inMs(slowerGapAfter(refund.attempts)),
        alarm: refund.attempts >= stuckAfter ? "refund_stuck" : null,
      });
    case "quota":
      return keepTrying(shop, { refund, error, nextTryAt: afterQuota(now), alarm: "refund_stuck" });
    case "not_enough":
      return keepTrying(shop, {
        refund,
        error,
        nextTryAt: inMs(gapAfter(refund.attempts)),
        alarm: "refund_not_enough",
      });
    case "certificate":
      return keepTrying(shop, {
        refund,
        error,
        nextTryAt: inMs(afterCertificateMs),
        alarm: certificateTrouble,
      });
    case "by_hand":
      return payByHand(shop, { refund, code: error.code, text: error.text });
    case "person":
      // The portal may have paid back what is missing now: then its refunds become rows.
      if (hasCode(error, "ERROR") || hasCode(error, "PARAM_ERROR"))
        await addJob(shop.db, {
          task: "find_refunds",
          payload: { orderId: refund.orderId, receiptId: refund.receiptId },
        });
      return keepTrying(shop, { refund, error, nextTryAt: inMs(afterRefusalMs), alarm: "refund_refused" });
  }
}

async function keepTrying(shop: Shop, of: Failed & { nextTryAt: Date; alarm: string | null }): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const { refund, error, nextTryAt } = of;
    const [still] = await tx
      .update(refunds)
      .set({
        nextTryAt,
        errorCode: error.code,
        errorText: error.text.slice(0, 300),
        refusal: refundRefusal(error),
      })
      .where(and(eq(refunds.id, refund.id), eq(refunds.status, "sending")))
      .returning({ id: refunds.id });
    if (!still) return; // A notification was faster than the answer that we did not get.
    await queueSending(tx, refund, nextTryAt);
    if (of.alarm) await alarmAbout(tx, { refund, kind: of.alarm, error });
    await announceRefund(tx, refund, shop.now());
  });
  nudgeOutbox(shop.sql);
}

/**
 * WeChat will never pay this one: a person does, and records it. Only once WeChat says that it knows of no such refund,
 * because an earlier try whose answer was lost may have been executed.
 */
export async function payByHand(
  shop: Shop,
  of: { refund: RefundRow; code: string; text: string },
): Promise<void> {
  const { refund, code, text } = of;
  const found = refund.attempts > 1 ? await queryRefund(shop, refund.id) : "not_found";
  if (found === "known") return;
  await shop.db.transaction(async (tx) => {
    const at = shop.now();
    await tx
      .update(refunds)
      .set({ errorCode: code, errorText: text.slice(0, 300), refusal: "by_hand" })
      .where(and(eq(refunds.id, refund.id), eq(refunds.status, "sending")));
    if (found === "unknown_result") return; // The next try is queued, and ends here again.
    const moved = await move(tx, {
      entity: "refund",
      event: "payByHand",
      id: refund.id,
      actor: "job:send_refund",
      at,
    });
    if (!moved) return;
    await tx.update(refunds).set({ nextTryAt: null }).where(eq(refunds.id, refund.id));
    await alarmAbout(tx, { refund, kind: "refund_by_hand", error: { code, text } });
    await announceRefund(tx, refund, at);
  });
  nudgeOutbox(shop.sql);
}

async function alarmAbout(
  tx: Tx,
  of: { refund: RefundRow; kind: string; error: Pick<WechatError, "code" | "text"> },
): Promise<void> {
  const { refund, kind, error } = of;
  const ofAll = kind === certificateTrouble;
  await raiseAlarm(tx, {
    kind,
    dedupeKey: ofAll ? kind : `${kind}:${refund.id}`,
    orderId: ofAll ? null : refund.orderId,
    facts: {
      outRefundNo: refund.outRefundNo,
      refundFen: refund.refundFen,
      code: error.code,
      text: error.text,
    },
  });
}
