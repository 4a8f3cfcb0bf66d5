import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { rateLimits } from "@/lib/db/schema/rate-limits";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { lockMs } from "./lock-out";

export type StaffRow = typeof staff.$inferSelect;

/** An attempt that may go on to the secret (`account` null when there is none), or one that must wait. */
export type Attempt =
  | { kind: "charged"; account: StaffRow | null; lockedUntil: Date | null }
  | { kind: "locked"; until: Date };

/**
 * Counts a guess at an account's password or second factor as a failure before it is looked at; success gives it back.
 * So any number of tries at once get no more guesses than one after the other. An email without an account is counted
 * and locked just the same.
 */
export function chargeAttempt(shop: Shop, email: string): Promise<Attempt> {
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    const [account] = await tx.select().from(staff).where(eq(staff.email, email)).for("update");
    if (!account) return chargeStranger(tx, email, now);
    if (account.lockedUntil && account.lockedUntil > now)
      return { kind: "locked", until: account.lockedUntil };
    const failures = account.failedSignIns + 1;
    const lockedUntil = lockOf(failures, now);
    await tx.update(staff).set({ failedSignIns: failures, lockedUntil }).where(eq(staff.id, account.id));
    return { kind: "charged", account, lockedUntil };
  });
}

const forgottenAfterMs = 24 * 60 * 60_000;

/** Kept among the rate limits, which are swept when they expire; `expire` is the last failure plus a day. */
async function chargeStranger(tx: Tx, email: string, now: Date): Promise<Attempt> {
  const key = `sign_in_stranger:${createHash("sha256").update(email).digest("hex")}`;
  const expire = now.getTime() + forgottenAfterMs;
  await tx.insert(rateLimits).values({ key, points: 0, expire }).onConflictDoNothing();
  const [row] = await tx.select().from(rateLimits).where(eq(rateLimits.key, key)).for("update");
  const before = row?.points ?? 0;
  const until = lockOf(before, new Date((row?.expire ?? expire) - forgottenAfterMs));
  if (until && until > now) return { kind: "locked", until };
  await tx
    .update(rateLimits)
    .set({ points: before + 1, expire })
    .where(eq(rateLimits.key, key));
  return { kind: "charged", account: null, lockedUntil: lockOf(before + 1, now) };
}

function lockOf(failures: number, at: Date): Date | null {
  const ms = lockMs(failures);
  return ms === 0 ? null : new Date(at.getTime() + ms);
}
