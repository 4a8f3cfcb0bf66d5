import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import type { Attempt } from "./charge-attempt";

type Charged = Extract<Attempt, { kind: "charged" }>;

/**
 * A right guess was no failure. Only that one is given back: half a sign-in must not wipe out the wrong codes of
 * whoever knows the password.
 */
export async function giveBackAttempt(tx: Tx, { account, lockedUntil }: Charged): Promise<void> {
  if (!account) return;
  await tx
    .update(staff)
    .set({
      failedSignIns: sql`greatest(${staff.failedSignIns} - 1, 0)`,
      ...(lockedUntil && { lockedUntil: null }), // This attempt's own lock: no other gets past one.
    })
    .where(eq(staff.id, account.id));
}

/** A wrong guess stays counted; the one that locks the account is kept in the audit trail. */
export async function keepFailure(
  shop: Shop,
  { account, lockedUntil }: Charged,
  address: string,
): Promise<{ kind: "refused" } | { kind: "locked"; until: Date }> {
  if (!lockedUntil) return { kind: "refused" };
  if (account)
    await writeEntry(shop.db, {
      staffId: null,
      action: "staff.lock",
      subject: "staff",
      subjectId: account.id,
      address,
      at: shop.now(),
      after: { lockedUntil: lockedUntil.toISOString() },
    });
  return { kind: "locked", until: lockedUntil };
}
