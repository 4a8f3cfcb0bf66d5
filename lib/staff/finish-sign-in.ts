import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { admit } from "./admit";
import { chargeAttempt } from "./charge-attempt";
import { checkSecondFactor } from "./check-second-factor";
import { giveBackAttempt, keepFailure } from "./conclude-attempt";
import type { Staff } from "./find-staff";
import { limitSignIns } from "./sign-in";

export type FinishedSignIn =
  /** `left` recovery codes, when one of them was the second factor. */
  | { kind: "signed_in"; staff: Staff; left: number | null }
  | { kind: "refused" }
  | { kind: "locked"; until: Date }
  /** Sealed with another DATA_KEY: a recovery code, the owner or the command line opens the account. */
  | { kind: "unreadable" }
  /** Password or second factor were changed, or the account disabled, since the password was right. */
  | { kind: "start_again" };

/** The second step: whoever had the right password (`id`, as of `sessionVersion`) shows a code, or a recovery code. */
export async function finishSignIn(
  shop: Shop,
  by: { id: number; sessionVersion: number; typed: string; address: string },
): Promise<FinishedSignIn> {
  await limitSignIns(shop, by.address);
  const [known] = await shop.db
    .select({ email: staff.email })
    .from(staff)
    .where(
      and(
        eq(staff.id, by.id),
        eq(staff.sessionVersion, by.sessionVersion),
        isNull(staff.disabledAt),
        isNotNull(staff.totpSince),
      ),
    );
  if (!known) return { kind: "start_again" };
  const attempt = await chargeAttempt(shop, known.email);
  if (attempt.kind === "locked") return attempt;
  const { account } = attempt;
  if (account?.sessionVersion !== by.sessionVersion || account.disabledAt) return { kind: "start_again" };

  const outcome = await shop.db.transaction(async (tx): Promise<FinishedSignIn | { kind: "wrong" }> => {
    const factor = await checkSecondFactor(tx, shop, { account, typed: by.typed, address: by.address });
    if (factor.kind === "wrong") return factor;
    if (factor.kind === "unreadable") {
      await giveBackAttempt(tx, attempt);
      return factor;
    }
    const admitted = await admit(tx, shop, { id: account.id, address: by.address, by: factor.kind });
    return { kind: "signed_in", staff: admitted, left: factor.kind === "recovery_code" ? factor.left : null };
  });
  return outcome.kind === "wrong" ? keepFailure(shop, attempt, by.address) : outcome;
}
