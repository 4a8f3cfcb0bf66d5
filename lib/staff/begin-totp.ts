import { and, eq, isNull } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import { seal } from "@/lib/db/seal";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { newTotpSecret } from "./totp";

/**
 * A new secret for a person's own app, in place of one that was never confirmed. It asks nothing of anybody until
 * `turnTotpOn` has seen a code of it, so it leaves no audit entry. `totp_state` when the second factor is on.
 */
export async function beginTotp(shop: Shop, of: { staffId: number }): Promise<void> {
  const [row] = await shop.db
    .update(staff)
    .set({ totpSealed: seal(newTotpSecret(), shop.environment.dataKey) })
    .where(and(eq(staff.id, of.staffId), isNull(staff.totpSince)))
    .returning({ id: staff.id });
  if (!row) throw new AppError("totp_state");
}
