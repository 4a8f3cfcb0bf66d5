import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { addresses } from "@/lib/db/schema/addresses";
import { AppError } from "@/lib/http/app-error";

/** Of a member's addresses at most one is the default. `not_found`. The caller has locked the member. */
export async function setDefault(tx: Tx, of: { memberId: number; addressId: number }): Promise<void> {
  const mine = eq(addresses.memberId, of.memberId);
  await tx
    .update(addresses)
    .set({ isDefault: false })
    .where(and(mine, eq(addresses.isDefault, true)));
  const set = await tx
    .update(addresses)
    .set({ isDefault: true })
    .where(and(mine, eq(addresses.id, of.addressId)))
    .returning({ id: addresses.id });
  if (set.length === 0) throw new AppError("not_found");
}
