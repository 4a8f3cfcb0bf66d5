import { eq } from "drizzle-orm";
import { refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { queueSending } from "./approve-now";
import { decide } from "./decide-refund";

/** WeChat's names of the two purses that old-settlement merchants have (refund_account). */
export const purses = ["REFUND_SOURCE_UNSETTLED_FUNDS", "REFUND_SOURCE_RECHARGE_FUNDS"] as const;
export type Purse = (typeof purses)[number];

/**
 * A person has the refund sent now, with the same number, a paused queue notwithstanding; still a minute after the try
 * before. Another purse may be named only where WeChat has just said that this one is empty: nothing was executed then,
 * so the request may change.
 */
export async function tryAgain(
  shop: Shop,
  of: { refundNo: string; by: Person; purse?: Purse },
): Promise<void> {
  await decide(shop, of, async (tx, { refund }) => {
    const isWaiting = refund.status === "sending" || refund.status === "approved";
    const isDue = refund.sendAfter === null || shop.now() >= refund.sendAfter;
    if (!isWaiting || !isDue) throw new AppError("refund_not_sending", { refundStatus: refund.status });
    const { purse } = of;
    if (purse) {
      if (!refund.request || refund.errorCode !== "NOTENOUGH") throw new AppError("purse_not_changeable");
      const request = { ...refund.request, refund_account: purse };
      await tx.update(refunds).set({ refundAccount: purse, request }).where(eq(refunds.id, refund.id));
    }
    await tx.update(refunds).set({ nextTryAt: shop.now() }).where(eq(refunds.id, refund.id));
    await queueSending(tx, refund, shop.now(), { force: true });
    return { action: "refund.try_again", after: { purse: purse ?? null } };
  });
}
