import { createHash } from "node:crypto";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { idempotencyKeys, orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import type { OrderRequest } from "./order-request";

/** One buyer's key for one request; it lives for 24 hours. */
export type PlacingKey = { memberId: number; key: string; requestHash: string };

export function placingKey(of: { memberId: number; key: string; request: OrderRequest }): PlacingKey {
  const requestHash = createHash("sha256").update(JSON.stringify(of.request)).digest("hex");
  return { memberId: of.memberId, key: of.key, requestHash };
}

/**
 * The orders that this key has made already, the first to pay leading; null when it is new or a day old.
 * `idempotency_key_reused` when it was another request's.
 */
export async function findPlaced(tx: Tx, of: PlacingKey, now: Date): Promise<number[] | null> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const mine = and(eq(idempotencyKeys.memberId, of.memberId), eq(idempotencyKeys.key, of.key));
  const [known] = await tx
    .select({ requestHash: idempotencyKeys.requestHash, orderId: orders.id, placedWith: orders.placedWith })
    .from(idempotencyKeys)
    .innerJoin(orders, eq(orders.id, idempotencyKeys.orderId))
    .where(and(mine, gt(idempotencyKeys.createdAt, dayAgo)));
  if (!known) {
    await tx.delete(idempotencyKeys).where(mine);
    return null;
  }
  if (known.requestHash !== of.requestHash) throw new AppError("idempotency_key_reused");
  if (known.placedWith === null) return [known.orderId];
  const together = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.placedWith, known.placedWith), eq(orders.memberId, of.memberId)))
    .orderBy(asc(orders.id));
  return together.map(({ id }) => id);
}
