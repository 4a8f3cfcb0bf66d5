import { and, eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { chargeAttempt } from "./charge-attempt";
import { giveBackAttempt, keepFailure } from "./conclude-attempt";
import { presentStaff, type Staff } from "./find-staff";
import { findPasswordProblem, hashPassword, isPassword, type PasswordProblem } from "./password";
import type { Person } from "./person";

export type PasswordChange =
  | { kind: "changed"; staff: Staff }
  | { kind: "password_refused"; problem: PasswordProblem };

/**
 * A person's own new password for their old one. All sessions end with it, and so does a link that was not used; the
 * caller opens this browser's again. A wrong old one counts as a failed sign-in: `password_wrong`, `account_locked`.
 */
export async function changePassword(
  shop: Shop,
  of: { old: string; password: string; by: Person },
): Promise<PasswordChange> {
  const { by } = of;
  const [known] = await shop.db.select({ email: staff.email }).from(staff).where(eq(staff.id, by.staffId));
  if (!known) throw new AppError("unauthenticated");
  const problem = findPasswordProblem(of.password, known.email);
  if (problem) return { kind: "password_refused", problem };

  const attempt = await chargeAttempt(shop, known.email);
  if (attempt.kind === "locked") throw new AppError("account_locked");
  const oldHash = attempt.account?.passwordHash ?? null;
  if (oldHash === null || !(await isPassword(of.old, oldHash))) {
    const { kind } = await keepFailure(shop, attempt, by.address);
    throw new AppError(kind === "locked" ? "account_locked" : "password_wrong");
  }
  const passwordHash = await hashPassword(of.password);
  return shop.db.transaction(async (tx) => {
    await giveBackAttempt(tx, attempt);
    const [row] = await tx
      .update(staff)
      .set({
        ...{ passwordHash, inviteHash: null, inviteExpiresAt: null },
        sessionVersion: sql`${staff.sessionVersion} + 1`,
      })
      .where(and(eq(staff.id, by.staffId), eq(staff.passwordHash, oldHash)))
      .returning();
    if (!row) throw new AppError("password_wrong"); // Another tab changed it meanwhile.
    await writeEntry(tx, {
      ...{ ...by, at: shop.now() },
      action: "staff.password",
      subject: "staff",
      subjectId: by.staffId,
    });
    return { kind: "changed", staff: presentStaff(row) };
  });
}
