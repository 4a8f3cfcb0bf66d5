import { and, eq, isNotNull, isNull, lt, or } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { staff, staffRecoveryCodes } from "@/lib/db/schema/staff";
import { unseal } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import type { StaffRow } from "./charge-attempt";
import { countRecoveryCodes } from "./count-recovery-codes";
import { hashRecoveryCode } from "./recovery-codes";
import { readCode, stepOfCode } from "./totp";

export type SecondFactor =
  | { kind: "code" }
  | { kind: "recovery_code"; left: number }
  /** The secret was sealed with another DATA_KEY: no code of the app can be right, a recovery code can. */
  | { kind: "unreadable" }
  | { kind: "wrong" };

/**
 * Looks at what was typed as a second factor, and uses it up when it is right: a code of the app once, by comparing and
 * setting its 30 seconds in one statement; a recovery code once, with its audit entry. The attempt was charged before.
 */
export async function checkSecondFactor(
  tx: Tx,
  shop: Shop,
  of: { account: StaffRow; typed: string; address: string },
): Promise<SecondFactor> {
  const code = readCode(of.typed);
  return code === null ? spendRecoveryCode(tx, shop, of) : spendCode(tx, shop, { account: of.account, code });
}

async function spendCode(
  tx: Tx,
  shop: Shop,
  { account, code }: { account: StaffRow; code: string },
): Promise<SecondFactor> {
  const { id, totpSealed } = account;
  const secret = totpSealed && unseal(totpSealed, shop.environment.dataKey);
  if (!totpSealed || !secret) return { kind: "unreadable" };
  const step = stepOfCode(secret, code, shop.now());
  if (step === null) return { kind: "wrong" };
  const [used] = await tx
    .update(staff)
    .set({ totpLastStep: step })
    .where(
      and(
        eq(staff.id, id),
        eq(staff.totpSealed, totpSealed),
        isNotNull(staff.totpSince),
        or(isNull(staff.totpLastStep), lt(staff.totpLastStep, step)),
      ),
    )
    .returning({ id: staff.id });
  return { kind: used ? "code" : "wrong" };
}

async function spendRecoveryCode(
  tx: Tx,
  shop: Shop,
  { account, typed, address }: { account: StaffRow; typed: string; address: string },
): Promise<SecondFactor> {
  const staffId = account.id;
  const [used] = await tx
    .update(staffRecoveryCodes)
    .set({ usedAt: shop.now() })
    .where(
      and(
        eq(staffRecoveryCodes.staffId, staffId),
        eq(staffRecoveryCodes.hash, hashRecoveryCode(staffId, typed)),
        isNull(staffRecoveryCodes.usedAt),
      ),
    )
    .returning({ staffId: staffRecoveryCodes.staffId });
  if (!used) return { kind: "wrong" };
  const left = await countRecoveryCodes(tx, staffId);
  await writeEntry(tx, {
    ...{ staffId, address, at: shop.now() },
    action: "staff.use_recovery_code",
    subject: "staff",
    subjectId: staffId,
    after: { left },
  });
  return { kind: "recovery_code", left };
}
