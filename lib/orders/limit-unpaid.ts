import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";

/**
 * `too_many_unpaid` from a member or phone number that has `most` orders unpaid. Below that a checkout is taken whole: where
 * the shop splits it in two, the second may be one too many. The caller has locked the member.
 */
export async function limitUnpaid(
  tx: Tx,
  who: { memberId: number; phone: string | null; most: number },
): Promise<void> {
  // A phone number has no row to lock.
  if (who.phone)
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`phone:${who.phone}`}, 0))`);
  const ofMember = await countUnpaid(tx, eq(orders.memberId, who.memberId));
  const ofPhone = who.phone ? await countUnpaid(tx, eq(orders.phone, who.phone)) : 0;
  if (Math.max(ofMember, ofPhone) >= who.most) throw new AppError("too_many_unpaid", { limit: who.most });
}

async function countUnpaid(tx: Tx, whose: SQL): Promise<number> {
  return tx.$count(orders, and(inArray(orders.status, ["pending", "closing"]), whose));
}
