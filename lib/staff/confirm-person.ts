import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { chargeAttempt } from "./charge-attempt";
import { checkSecondFactor } from "./check-second-factor";
import { giveBackAttempt, keepFailure } from "./conclude-attempt";
import { isPassword } from "./password";
import type { Person } from "./person";

/** What a person shows to prove that it is still them: the one of the two that their account asks for. */
export type Proof = { code: string; password: string };

/**
 * Makes sure once more who sits there: by a code when the account has a second factor, else by its password. A wrong
 * guess counts as a failed sign-in. `step_up_required` when nothing was typed, `code_wrong`, `password_wrong`,
 * `account_locked`, `totp_unreadable`.
 */
export async function confirmPerson(shop: Shop, of: { by: Person; proof: Proof }): Promise<void> {
  const { by, proof } = of;
  if (!proof.code && !proof.password) throw new AppError("step_up_required");
  const [known] = await shop.db.select({ email: staff.email }).from(staff).where(eq(staff.id, by.staffId));
  const attempt = known && (await chargeAttempt(shop, known.email));
  if (attempt?.kind === "locked") throw new AppError("account_locked");
  const account = attempt?.account;
  if (!account || account.disabledAt) throw new AppError("unauthenticated");

  const isByCode = account.totpSince !== null;
  const isRight = isByCode || (await isPassword(proof.password, account.passwordHash));
  const way = await shop.db.transaction(async (tx) => {
    const factor = isByCode
      ? await checkSecondFactor(tx, shop, { account, typed: proof.code, address: by.address })
      : { kind: isRight ? ("password" as const) : ("wrong" as const) };
    if (factor.kind === "wrong") return factor.kind;
    await giveBackAttempt(tx, attempt);
    if (factor.kind === "unreadable") return factor.kind;
    await writeEntry(tx, {
      ...{ ...by, at: shop.now() },
      action: "staff.confirm",
      subject: "staff",
      subjectId: by.staffId,
      after: { way: factor.kind },
    });
    return factor.kind;
  });
  if (way === "unreadable") throw new AppError("totp_unreadable");
  if (way !== "wrong") return;
  const { kind } = await keepFailure(shop, attempt, by.address);
  if (kind === "locked") throw new AppError("account_locked");
  throw new AppError(isByCode ? "code_wrong" : "password_wrong");
}
