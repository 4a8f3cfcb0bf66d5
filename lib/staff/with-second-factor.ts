import { eq } from "drizzle-orm";
import { type AuditEntry, writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { chargeAttempt } from "./charge-attempt";
import { checkSecondFactor } from "./check-second-factor";
import { giveBackAttempt, keepFailure } from "./conclude-attempt";
import type { Person } from "./person";

/**
 * What a person does to their own second factor: a fresh code, or a recovery code, always; the deed and its audit entry
 * in one transaction with its use. `totp_state` when it is off, `code_wrong`, `account_locked`, `totp_unreadable`.
 */
export async function withSecondFactor<T>(
  shop: Shop,
  of: { code: string; by: Person; action: AuditEntry["action"] },
  deed: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { by, action } = of;
  const [known] = await shop.db
    .select({ email: staff.email, totpSince: staff.totpSince })
    .from(staff)
    .where(eq(staff.id, by.staffId));
  if (!known?.totpSince) throw new AppError("totp_state");
  if (!of.code) throw new AppError("code_wrong");
  const attempt = await chargeAttempt(shop, known.email);
  if (attempt.kind === "locked" || !attempt.account) throw new AppError("account_locked");

  const { account } = attempt;
  const done = await shop.db.transaction(async (tx) => {
    const { kind } = await checkSecondFactor(tx, shop, { account, typed: of.code, address: by.address });
    if (kind === "wrong") return { kind } as const;
    await giveBackAttempt(tx, attempt);
    if (kind === "unreadable") return { kind } as const;
    const value = await deed(tx);
    await writeEntry(tx, {
      ...{ ...by, at: shop.now(), action },
      subject: "staff",
      subjectId: by.staffId,
    });
    return { kind: "done", value } as const;
  });
  if (done.kind === "done") return done.value;
  if (done.kind === "unreadable") throw new AppError("totp_unreadable");
  const { kind } = await keepFailure(shop, attempt, by.address);
  throw new AppError(kind === "locked" ? "account_locked" : "code_wrong");
}
