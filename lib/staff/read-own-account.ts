import { eq } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import { unseal } from "@/lib/db/seal";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { countRecoveryCodes } from "./count-recovery-codes";

export type OwnAccount = {
  hasTotp: boolean;
  totpSince: Date | null;
  /** Recovery codes that were not used. */
  codesLeft: number;
  /** The secret that `beginTotp` made and no code has confirmed; null once it is on, and when it cannot be read. */
  pendingSecret: string | null;
  lastSignInAt: Date | null;
};

/** What a person's own page shows of their account. */
export async function readOwnAccount(shop: Shop, staffId: number): Promise<OwnAccount> {
  const [[row], codesLeft] = await Promise.all([
    shop.db.select().from(staff).where(eq(staff.id, staffId)),
    countRecoveryCodes(shop.db, staffId),
  ]);
  if (!row) throw new AppError("unauthenticated");
  const { totpSince, totpSealed, lastSignInAt } = row;
  const pending = totpSince === null && totpSealed ? unseal(totpSealed, shop.environment.dataKey) : null;
  return { hasTotp: totpSince !== null, totpSince, codesLeft, pendingSecret: pending, lastSignInAt };
}
