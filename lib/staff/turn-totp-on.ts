import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import { unseal } from "@/lib/db/seal";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "./person";
import { storeRecoveryCodes } from "./store-recovery-codes";
import { readCode, stepOfCode } from "./totp";

/**
 * From now on this person's sign-in asks for a code: they have just shown one of the secret that `beginTotp` made. That
 * code is used up. Answers ten recovery codes, told this once. `code_wrong`, `totp_state`.
 */
export async function turnTotpOn(
  shop: Shop,
  of: { code: string; by: Person },
): Promise<{ recoveryCodes: string[] }> {
  const { by } = of;
  return shop.db.transaction(async (tx) => {
    const [account] = await tx.select().from(staff).where(eq(staff.id, by.staffId)).for("no key update");
    const sealed = account?.totpSince === null ? account.totpSealed : null;
    const secret = sealed && unseal(sealed, shop.environment.dataKey);
    if (!secret) throw new AppError("totp_state");
    const code = readCode(of.code);
    const step = code === null ? null : stepOfCode(secret, code, shop.now());
    if (step === null) throw new AppError("code_wrong");
    await tx.update(staff).set({ totpSince: shop.now(), totpLastStep: step }).where(eq(staff.id, by.staffId));
    const recoveryCodes = await storeRecoveryCodes(tx, by.staffId);
    await writeEntry(tx, {
      ...{ ...by, at: shop.now() },
      action: "staff.turn_totp_on",
      subject: "staff",
      subjectId: by.staffId,
    });
    return { recoveryCodes };
  });
}
