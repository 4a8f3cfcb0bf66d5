import { eq } from "drizzle-orm";
import { refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { queryRefund, type RefundQueryOutcome } from "./query-refund";

const atMostEveryMs = 5000;

/** Somebody is looking: one question outside the ladder, at most every five seconds a refund. */
export async function askWechat(shop: Shop, of: { refundNo: string }): Promise<RefundQueryOutcome> {
  const [refund] = await shop.db.select().from(refunds).where(eq(refunds.outRefundNo, of.refundNo));
  if (!refund) throw new AppError("not_found");
  const wait = refund.queriedAt ? refund.queriedAt.getTime() + atMostEveryMs - shop.now().getTime() : 0;
  if (wait > 0) throw new AppError("too_many_requests", { retryAfterS: wait / 1000 });
  return queryRefund(shop, refund.id);
}
