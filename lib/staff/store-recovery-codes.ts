import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { staffRecoveryCodes } from "@/lib/db/schema/staff";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes";

/** Ten new codes in place of any earlier ones; only their hashes are kept, so this is the one time they can be told. */
export async function storeRecoveryCodes(tx: Tx, staffId: number): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.staffId, staffId));
  await tx
    .insert(staffRecoveryCodes)
    .values(codes.map((code) => ({ staffId, hash: hashRecoveryCode(staffId, code) })));
  return codes;
}
