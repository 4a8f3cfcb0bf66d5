import { sql } from "drizzle-orm";
import { move } from "@/lib/db/move";
import { AppError } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { announceRefund } from "./announce-refund";
import { lockRefund } from "./lock-refund";

/** A buyer takes back a request that nobody has decided. Again: the same answer. Anybody else's is not there. */
export async function withdrawRefund(
  shop: Shop,
  of: { refundNo: string; memberId: number },
): Promise<{ refundNo: string; status: "withdrawn" }> {
  const answer = { refundNo: of.refundNo, status: "withdrawn" } as const;
  await shop.db.transaction(async (tx) => {
    const { order, refund } = await lockRefund(tx, { refundNo: of.refundNo });
    if (order?.memberId !== of.memberId) throw new AppError("not_found");
    if (refund.status === "withdrawn") return;
    if (refund.source !== "buyer") throw new AppError("refund_decided", { refundStatus: refund.status }); // The shop's own request.
    const at = shop.now();
    const moved = await move(tx, {
      entity: "refund",
      event: "withdraw",
      id: refund.id,
      actor: `buyer:${of.memberId}`,
      at,
      set: sql`decided_at = ${at.toISOString()}::timestamptz`,
    });
    if (!moved) throw new AppError("refund_decided", { refundStatus: refund.status });
    await announceRefund(tx, refund, at);
  });
  nudgeOutbox(shop.sql);
  return answer;
}
