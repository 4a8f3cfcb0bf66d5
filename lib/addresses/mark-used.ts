import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { addresses } from "@/lib/db/schema/addresses";

/** An order goes there: next time it is offered first. */
export async function markUsed(tx: Tx, of: { memberId: number; addressId: number; at: Date }): Promise<void> {
  await tx
    .update(addresses)
    .set({ usedAt: of.at })
    .where(and(eq(addresses.id, of.addressId), eq(addresses.memberId, of.memberId)));
}
