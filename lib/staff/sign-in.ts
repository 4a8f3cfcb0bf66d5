import { demoAccount } from "@/lib/demo/demo-staff";
import { limitByAddress } from "@/lib/http/limit-by-address";
import type { Shop } from "@/lib/shop";
import { admit } from "./admit";
import { chargeAttempt } from "./charge-attempt";
import { giveBackAttempt, keepFailure } from "./conclude-attempt";
import { presentStaff, type Staff } from "./find-staff";
import { isPassword } from "./password";

export type SignIn =
  | { kind: "signed_in"; staff: Staff }
  /** The password is right, and the second factor is still owed: nobody is signed in. */
  | { kind: "code_needed"; staff: Staff }
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
  await limitSignIns(shop, by.address);
  const attempt = await chargeAttempt(shop, by.email.trim().toLowerCase());
  if (attempt.kind === "locked") return attempt;

  const { account } = attempt;
  const isRight = await isPassword(by.password, account?.passwordHash ?? null);
  if (!account || !isRight || account.disabledAt || isDemoInRealShop(shop, account.email))
    return keepFailure(shop, attempt, by.address);
  return shop.db.transaction(async (tx) => {
    if (account.totpSince === null) {
      const of = { id: account.id, address: by.address, by: "password" as const };
      return { kind: "signed_in", staff: await admit(tx, shop, of) };
    }
    await giveBackAttempt(tx, attempt);
    return { kind: "code_needed", staff: presentStaff(account) };
  });
}

/** For both steps of a sign-in. Throws `too_many_requests`. */
export async function limitSignIns(shop: Shop, address: string): Promise<void> {
  await limitByAddress(shop, address, byAddress);
}

/** A database that was tried in sandbox mode first must not keep the door open that everybody knows. */
function isDemoInRealShop(shop: Shop, email: string): boolean {
  return shop.environment.sandbox === null && email === demoAccount.email;
}
