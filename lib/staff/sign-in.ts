import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import { demoAccount } from "@/lib/demo/demo-staff";
import { isExempt } from "@/lib/http/client-address";
import { takeFromLimit } from "@/lib/http/rate-limit";
import type { Shop } from "@/lib/shop";
import { chargeAttempt } from "./charge-attempt";
import { presentStaff, type Staff } from "./find-staff";
import { isPassword } from "./password";

export type SignIn =
  | { kind: "signed_in"; staff: Staff }
  | { kind: "refused" }
  | { kind: "locked"; until: Date };

const byAddress = { name: "staff_sign_in", points: 20, perS: 60 }; // An office behind one address on a Monday morning.

/**
 * Checks email and password. Unknown email, wrong password, disabled account and one whose link was never used get the
 * same answer after the same work. Throws `too_many_requests` when one address tries too often.
 */
export async function signIn(
  shop: Shop,
  by: { email: string; password: string; address: string },
): Promise<SignIn> {
  if (!isExempt(by.address, shop.environment.trustedProxies))
    await takeFromLimit(shop.sql, byAddress, by.address);
  const attempt = await chargeAttempt(shop, by.email.trim().toLowerCase());
  if (attempt.kind === "locked") return attempt;

  const { account, lockedUntil } = attempt;
  const isRight = await isPassword(by.password, account?.passwordHash ?? null);
  if (account && isRight && !account.disabledAt && !isDemoInRealShop(shop, account.email))
    return admit(shop, account.id, by.address);
  if (!lockedUntil) return { kind: "refused" };
  if (account) await keepLock(shop, account.id, { until: lockedUntil, address: by.address });
  return { kind: "locked", until: lockedUntil };
}

/** A database that was tried in sandbox mode first must not keep the door open that everybody knows. */
function isDemoInRealShop(shop: Shop, email: string): boolean {
  return shop.environment.sandbox === null && email === demoAccount.email;
}

async function admit(shop: Shop, id: number, address: string): Promise<SignIn> {
  return shop.db.transaction(async (tx) => {
    const [row] = await tx
      .update(staff)
      .set({ failedSignIns: 0, lockedUntil: null })
      .where(eq(staff.id, id))
      .returning();
    if (!row) return { kind: "refused" };
    await writeEntry(tx, {
      staffId: id,
      action: "staff.sign_in",
      subject: "staff",
      subjectId: id,
      address,
      at: shop.now(),
    });
    return { kind: "signed_in", staff: presentStaff(row) };
  });
}

function keepLock(shop: Shop, id: number, of: { until: Date; address: string }): Promise<void> {
  return writeEntry(shop.db, {
    staffId: null,
    action: "staff.lock",
    subject: "staff",
    subjectId: id,
    address: of.address,
    at: shop.now(),
    after: { lockedUntil: of.until.toISOString() },
  });
}
