import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { idempotencyKeys } from "@/lib/db/schema/orders";
import { refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import type { RefundRequest } from "./refund-request";
import type { Asker } from "./request-refund";
import type { RefundStatus } from "./state";

type Asked = { memberId: number; key: string; requestHash: string };

/**
 * What makes a request the same again: who asks, the key, and what is asked. Apart from the keys of orders, because the
 * same key may have made the order that is refunded now. Null without a key.
 */
export function keyOf(of: {
  by: Asker;
  memberId: number;
  request: RefundRequest;
  idempotencyKey: string | null;
}): Asked | null {
  if (of.idempotencyKey === null) return null;
  const requestHash = createHash("sha256").update(JSON.stringify(of.request)).digest("hex");
  const asker = "staffId" in of.by ? `staff:${of.by.staffId}` : "buyer";
  return { memberId: of.memberId, key: `refund:${asker}:${of.idempotencyKey}`, requestHash };
}

/** The refund that this key made in the last 24 hours, as it is now; `idempotency_key_reused` when it was for something else. */
export async function findAsked(
  tx: Tx,
  of: Asked,
  now: Date,
): Promise<{ refundNo: string; status: RefundStatus } | null> {
  const mine = and(eq(idempotencyKeys.memberId, of.memberId), eq(idempotencyKeys.key, of.key));
  const dayAgo = new Date(now.getTime() - 86_400_000).toISOString();
  const [known] = await tx
    .select({
      requestHash: idempotencyKeys.requestHash,
      refundNo: refunds.outRefundNo,
      status: refunds.status,
    })
    .from(idempotencyKeys)
    .innerJoin(refunds, eq(refunds.id, idempotencyKeys.refundId))
    .where(and(mine, sql`${idempotencyKeys.createdAt} > ${dayAgo}::timestamptz`));
  if (!known) {
    await tx.delete(idempotencyKeys).where(mine);
    return null;
  }
  if (known.requestHash !== of.requestHash) throw new AppError("idempotency_key_reused");
  return { refundNo: known.refundNo, status: known.status };
}

export async function rememberAsked(
  tx: Tx,
  asked: Asked,
  of: { orderId: number; refundId: number; now: Date },
): Promise<void> {
  const { now, ...made } = of;
  await tx.insert(idempotencyKeys).values({ ...asked, ...made, createdAt: now });
}
