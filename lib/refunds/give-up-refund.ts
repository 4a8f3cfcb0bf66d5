import { eq, sql } from "drizzle-orm";
import { refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { type Person, readNote } from "@/lib/staff/person";
import { decide, moveRefund } from "./decide-refund";
import { queryRefund } from "./query-refund";

/**
 * Ends a refund that WeChat refuses for a reason that no repeat changes, or that a person was to pay and has not. Only
 * when WeChat, asked just now, knows of no such refund: one that was executed is settled by that answer instead.
 */
export async function giveUpRefund(
  shop: Shop,
  of: { refundNo: string; by: Person; note: string | null },
): Promise<void> {
  const note = readNote(of.note);
  const [asked] = await shop.db
    .select({ id: refunds.id, status: refunds.status, errorCode: refunds.errorCode })
    .from(refunds)
    .where(eq(refunds.outRefundNo, of.refundNo));
  if (!asked) throw new AppError("not_found");
  if (asked.status !== "manual" && (asked.status !== "sending" || asked.errorCode === null))
    throw new AppError("refund_not_sending", { refundStatus: asked.status });
  const outcome = await queryRefund(shop, asked.id);
  if (outcome === "unknown_result") throw new AppError("wechat_unavailable");
  if (outcome === "known") throw new AppError("refund_decided", { refundStatus: "accepted" });

  await decide(shop, of, async (tx, { refund }) => {
    // Another try may have begun since WeChat was asked; its answer is waited for.
    if (refund.lastSentAt && refund.queriedAt && refund.lastSentAt > refund.queriedAt)
      throw new AppError("refund_not_sending", { refundStatus: refund.status });
    if (refund.manualPaidAt) throw new AppError("refund_decided", { refundStatus: refund.status });
    const at = shop.now();
    const set = sql`settled_at = ${at.toISOString()}::timestamptz, next_try_at = NULL, decision_note = ${note}`;
    await moveRefund(tx, { refund, event: "giveUp", by: of.by, at, set });
    await tx.execute(sql`SELECT resolve_refund_alarms(${refund.id}, ${at.toISOString()}::timestamptz)`);
    return { action: "refund.give_up", after: { code: refund.errorCode } };
  });
}
