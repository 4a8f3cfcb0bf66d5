import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { payments } from "@/lib/db/schema/payments";
import { refunds } from "@/lib/db/schema/refunds";
import type { Shop } from "@/lib/shop";
import { buildRefund } from "@/lib/wechat/refund";
import { queueSending } from "./approve-now";
import { certificateTroubleSince } from "./certificate-trouble";
import { refundableForMs } from "./insert-refund";
import { lockRefund, type ReceiptRow, type RefundRow } from "./lock-refund";
import { wordsForWechat } from "./reasons";
import { afterCertificateMs, apartMs, gapAfter } from "./retry-gaps";

export type Turn = {
  refund: RefundRow;
  receipt: ReceiptRow;
  request: Record<string, string>;
  isTooOld: boolean;
};

/**
 * Decides, under the locks, whether this refund is sent now, and commits everything that must be known before WeChat
 * is: the request as it will always be, the move to `sending`, the try, and the job of the next one. Null: not now, and
 * a job is queued for when; or never again.
 */
export async function takeTurn(
  shop: Shop,
  refundId: number,
  options: { force: boolean },
): Promise<Turn | null> {
  return shop.db.transaction(async (tx) => {
    const { refund, receipt } = await lockRefund(tx, { refundId });
    if (refund.status !== "approved" && refund.status !== "sending") return null;
    const now = shop.now();
    const earliest = await earliestTry(tx, refund, { ...options, now });
    if (earliest && earliest > now) {
      await queueSending(tx, refund, earliest, options);
      return null;
    }
    const wanted = refund.request ?? (await newRequest(tx, shop, { refund, receipt }));
    const attempts = refund.attempts + 1;
    const next = new Date(now.getTime() + gapAfter(attempts));
    const tried = sql`request = ${JSON.stringify(wanted)}::jsonb, attempts = ${attempts},
      last_sent_at = ${now.toISOString()}::timestamptz, next_try_at = ${next.toISOString()}::timestamptz,
      error_code = NULL, error_text = NULL, refusal = NULL`; // What WeChat said of the try before says nothing about this one.
    if (refund.status === "approved")
      await move(tx, {
        entity: "refund",
        event: "send",
        id: refund.id,
        actor: "job:send_refund",
        at: now,
        set: tried,
      });
    else await tx.execute(sql`UPDATE refunds SET ${tried} WHERE id = ${refund.id}`);
    await queueSending(tx, refund, next);
    const request = await asStored(tx, refund);
    const isTooOld = now.getTime() - receipt.paidAt.getTime() >= refundableForMs;
    return { refund: { ...refund, attempts }, receipt, request, isTooOld };
  });
}

/** The database keeps the fields in an order of its own: what is sent is read back, or the second try would not be the first to the byte. */
async function asStored(tx: Tx, { id }: RefundRow): Promise<Record<string, string>> {
  const [row] = await tx.select({ request: refunds.request }).from(refunds).where(eq(refunds.id, id));
  if (!row?.request) throw new Error("the request of a refund was not stored");
  return row.request;
}

/** The latest of everything that this try must wait for. */
async function earliestTry(
  tx: Tx,
  refund: RefundRow,
  { force, now }: { force: boolean; now: Date },
): Promise<Date | null> {
  const waits: (Date | null)[] = [refund.status === "approved" ? refund.sendAfter : refund.nextTryAt];
  if (refund.lastSentAt) waits.push(new Date(refund.lastSentAt.getTime() + apartMs)); // Whoever presses what.
  // WeChat executed it somewhere between the sending and the answer: its minute counts from the later one.
  const executedAt = sql`greatest(${refunds.lastSentAt}, ${refunds.acceptedAt})`;
  const [other] = await tx
    .select({ status: refunds.status, executedAt: executedAt.mapWith(refunds.lastSentAt) })
    .from(refunds)
    .where(
      and(eq(refunds.receiptId, refund.receiptId), ne(refunds.id, refund.id), sql`last_sent_at IS NOT NULL`),
    )
    .orderBy(sql`${refunds.status} = 'sending' DESC`, desc(executedAt))
    .limit(1);
  if (other?.executedAt) waits.push(new Date(other.executedAt.getTime() + apartMs));
  if (other?.status === "sending") waits.push(new Date(now.getTime() + apartMs)); // One in flight a receipt.
  if (!force) {
    const since = await certificateTroubleSince(tx);
    if (since) waits.push(new Date(since.getTime() + afterCertificateMs));
  }
  return waits.reduce<Date | null>((latest, at) => (at && (!latest || at > latest) ? at : latest), null);
}

async function newRequest(
  tx: Tx,
  shop: Shop,
  of: { refund: RefundRow; receipt: ReceiptRow },
): Promise<Record<string, string>> {
  const { refund, receipt } = of;
  const [payment] = receipt.paymentId
    ? await tx.select().from(payments).where(eq(payments.id, receipt.paymentId))
    : [];
  return buildRefund({
    appId: receipt.appid,
    mchId: receipt.mchId,
    signType: payment?.signType ?? shop.environment.wechat.signType,
    nonce: shop.merchant.nonce(),
    transactionId: receipt.transactionId,
    outRefundNo: refund.outRefundNo,
    totalFen: receipt.totalFen,
    refundFen: refund.refundFen,
    feeType: receipt.feeType,
    desc: wordsForWechat[refund.reason as keyof typeof wordsForWechat] ?? wordsForWechat.other,
    notifyUrl: `${shop.environment.siteUrl}/api/notify/refund`,
  });
}
